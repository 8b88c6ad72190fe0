import { describe, expect, test } from "vitest";
import { createGuildCatalogue } from "../../src/catalogue/guildCatalogue.ts";
import { MAX_LAYERS } from "../../src/catalogue/mix.ts";
import { builtIn, type CastingContext, minutesOf, PROGRAMMES, phasesFor } from "../../src/catalogue/programmes.ts";
import { isSpoken, parseScript } from "../../src/catalogue/script.ts";
import { id, type SoundId } from "../../src/kernel/ids.ts";
import { minutes, seconds } from "../../src/kernel/units.ts";
import { openCatalogue } from "../../src/render/openCatalogue.ts";
import { CROSSFADE } from "../../src/session/timing.ts";

/** As a guild sees it that has turned nothing on. */
const { catalogue } = createGuildCatalogue(openCatalogue().sounds);
const tonight = (more: Partial<CastingContext> = {}): CastingContext => ({
  catalogue,
  heard: [],
  suits: () => true,
  speaks: true,
  ...more,
});
const heardIn = (phases: ReturnType<typeof phasesFor>) => phases.map(({ mix }) => mix.map(({ sound }) => sound));

describe.each(PROGRAMMES)("$title", (programme) => {
  const phases = phasesFor(programme, tonight());

  test("has every sound that it names", () => {
    for (const plan of programme.phases)
      for (const { sound } of "mix" in plan ? plan.mix : []) expect(catalogue.find(sound)?.id, sound).toBe(sound);
    expect(phases).toHaveLength(programme.phases.length);
  });

  test("never rises above the room's loudness, and goes from one phase to the next without a jump", () => {
    for (const { fromDb, toDb, minutes, mix } of phases) {
      expect(Math.max(fromDb, toDb)).toBeLessThanOrEqual(0);
      expect(minutes).toBeGreaterThan(0);
      expect(mix.length).toBeLessThanOrEqual(MAX_LAYERS);
    }
    for (const [i, phase] of phases.slice(1).entries())
      expect(Math.abs(phase.fromDb - phases[i]!.toDb)).toBeLessThanOrEqual(programme.ends === "never" ? 4 : 0);
  });

  test("says itself in a calm sentence, and fits into a night", () => {
    expect(programme.description).toMatch(/^[^!]{20,140}\.$/);
    expect(minutesOf(programme)).toBeLessThanOrEqual(12 * 60);
  });
});

test("focus does not fade: its last phase is as loud as its first pause", () => {
  const phases = phasesFor(builtIn("focus")!, tonight());
  expect(builtIn("focus")?.ends).toBe("never");
  expect(phases.filter(({ name }) => name === "work").every(({ fromDb, toDb }) => fromDb === 0 && toDb === 0)).toBe(
    true,
  );
});

test("what does not suit those who are there is left out, and its phase has what the one before had", () => {
  const without = phasesFor(builtIn("tension")!, tonight({ suits: ({ trigger }) => trigger !== "personal attention" }));
  expect(heardIn(without)).toEqual([["ocean"], ["ocean"], ["ocean"], ["ocean"]]);
  expect(phasesFor(builtIn("sleep")!, tonight({ suits: () => false }))).toEqual([]);
});

test("discovery plays three triggers that the room has not heard; when it has heard all, those of long ago", () => {
  const picked = (heard: readonly SoundId[]) =>
    heardIn(phasesFor(builtIn("discovery")!, tonight({ heard })))
      .slice(1, 4)
      .flat();
  const first = picked([]);
  expect(new Set(first.map((sound) => catalogue.find(sound)?.trigger)).size).toBe(3);
  const second = picked(first);
  expect(second.filter((sound) => first.includes(sound))).toEqual([]);
  const all = catalogue.sounds.map((sound) => sound.id);
  const longAgo = all.filter((sound) => catalogue.find(sound)?.trigger === "fire");
  const again = picked([...longAgo, ...all.filter((sound) => !longAgo.includes(sound))]);
  expect(longAgo).toContain(again[0]);
});

test("a sound that is gone from the library leaves the rest of the mix", () => {
  const programme = {
    ...builtIn("calm")!,
    phases: [
      {
        name: "settle",
        minutes: 5,
        fromDb: 0,
        toDb: 0,
        mix: [
          { sound: id<SoundId>("gone"), gainDb: 0, place: "centre" },
          { sound: id<SoundId>("ocean"), gainDb: 0, place: "centre" },
        ],
      },
    ],
  } as const;
  expect(heardIn(phasesFor(programme, tonight()))).toEqual([["ocean"]]);
});

describe("a programme that guides", () => {
  const windDown = builtIn("wind-down")!;
  const scripts = (phases: ReturnType<typeof phasesFor>) =>
    heardIn(phases)
      .flat()
      .filter((sound) => catalogue.find(sound)?.origin.kind === "script");

  test("speaks where its voice's language is spoken, and elsewhere has sounds and the same lines", () => {
    const [spoken, silent] = [true, false].map((speaks) => phasesFor(windDown, tonight({ speaks })));
    expect(scripts(spoken!)).toEqual([
      "whisper-stretch",
      "whisper-breathe",
      "whisper-body-scan",
      "whisper-nothing-to-do",
    ]);
    expect(scripts(silent!)).toEqual([]);
    expect(silent!.map(({ line }) => line)).toEqual(spoken!.map(({ line }) => line));
    expect(silent!.every(({ mix }) => mix.length > 0)).toBe(true);
    expect(["en", "en-US", "en-GB"].map(isSpoken)).toEqual([true, true, true]);
    expect(["de", "fr", "es", "ja"].map(isSpoken)).toEqual([false, false, false, false]);
  });

  test("asks nobody to breathe with a sound that is left out", () => {
    const phases = phasesFor(windDown, tonight({ suits: ({ risks }) => !risks.includes("breath") }));
    expect(scripts(phases)).toEqual([]);
    expect(phases.map(({ name, line }) => [name, line !== undefined])).toEqual([
      ["stretch", true],
      ["breathe", false],
      ["scan", true],
      ["deepen", true],
      ["dissolve", false],
    ]);
  });

  test("has said everything before a phase is over, and nothing twice", () => {
    for (const { mix, minutes: lasts } of phasesFor(windDown, tonight()))
      for (const { sound } of mix) {
        const origin = catalogue.find(sound)?.origin;
        if (origin?.kind !== "script") continue;
        const { steps, pace } = parseScript(sound, origin.text);
        // These voices say 14.9 to 15.4 letters a second at their own pace.
        const [rests, letters] = steps.reduce(
          ([rest, said], step) =>
            step.type === "rest"
              ? [rest + step.seconds, said]
              : step.type === "say"
                ? [rest, said + step.text.length]
                : [rest, said],
          [0, 0],
        );
        const after = steps.slice(steps.findLastIndex(({ type }) => type === "say") + 1);
        const last = after.reduce((sum, step) => (step.type === "rest" ? sum + step.seconds : sum), 0);
        expect(seconds(rests - last + (letters * pace) / 14.5), sound).toBeLessThan(minutes(lasts));
        expect(seconds(rests + (letters * pace) / 15.8), sound).toBeGreaterThan(minutes(lasts) + CROSSFADE);
      }
  });
});
