import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { createCatalogue } from "../../src/catalogue/catalogue.ts";
import { parseManifest } from "../../src/catalogue/manifest.ts";
import { MAX_LAYERS } from "../../src/catalogue/mix.ts";
import { builtIn, type CastingContext, minutesOf, PROGRAMMES, phasesFor } from "../../src/catalogue/programmes.ts";
import { id, type SoundId } from "../../src/kernel/ids.ts";

const catalogue = createCatalogue(
  parseManifest(readFileSync(resolve(import.meta.dirname, "../../sounds/catalogue.json"), "utf8")),
);
const tonight = (more: Partial<CastingContext> = {}): CastingContext => ({
  catalogue,
  heard: [],
  suits: () => true,
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
