import { expect, test } from "vitest";
import type { Sound } from "../../src/catalogue/sound.ts";
import { framesIn, seconds } from "../../src/kernel/units.ts";
import { inspect } from "../../src/render/inspect.ts";
import { openCatalogue } from "../../src/render/openCatalogue.ts";
import { differencesOfRendered } from "../support/otherBots.ts";
import { createReferenceMeter } from "../support/referenceMeter.ts";

// The gates hold for the loops of full length (`npm run sounds` shows them all); excerpts show a recipe gone wrong.
const EXCERPT = 8;
/** One of each family is heard for longer, and held to what only a longer excerpt can show. */
const LONGER = 30;
const LISTENED = new Set([
  "brown-noise",
  "rain-window",
  "ocean",
  "fire",
  "tap-wood",
  "crinkle-paper",
  "brush-ears",
  "whisper-babble",
]);

/** Hz. Crisp sounds are told apart by their ranges, in an excerpt too. */
const CRISP: Readonly<Record<string, readonly [number, number]>> = {
  "tap-wood": [430, 720],
  "tap-plastic": [720, 1_000],
  "tap-ceramic": [1_000, 1_400],
  "tap-glass": [1_450, 2_500],
  typing: [1_100, 4_500],
};

/** Variants share the pieces of their sound: what a choice changes shows in seconds, but for rain, and for a sea of slow waves. */
const VARIED = 4;
const LONGER_VARIED: Readonly<Record<string, number>> = { rain: 8, water: 20 };

const meter = await createReferenceMeter();
const catalogue = openCatalogue();
const made = (sounds: readonly Sound[]) =>
  sounds.flatMap(({ id, origin, trigger }) =>
    origin.kind === "recipe" || origin.kind === "script" ? [{ id, origin, trigger }] : [],
  );

test.each(made(catalogue.sounds))(
  "$id is inside its gates, before and after Opus, and other bots read it as we do",
  async ({ id, origin }) => {
    const whole = LISTENED.has(id);
    const excerpt = framesIn(seconds(whole ? LONGER : EXCERPT));
    const { before, packets, after, measures, measuresAfter, failures } = await inspect(origin, excerpt, whole);
    expect(failures).toEqual([]);
    const [low, high] = CRISP[id] ?? [0, Number.POSITIVE_INFINITY];
    expect(measuresAfter.centroid).toBeGreaterThan(low);
    expect(measuresAfter.centroid).toBeLessThan(high);
    expect(await differencesOfRendered(id, packets)).toEqual([]);
    for (const [sound, own] of whole
      ? [[before, measures] as const, [after, measuresAfter] as const]
      : [[after, measuresAfter] as const]) {
      expect(Math.abs(meter.loudness(sound) - own.loudness)).toBeLessThan(0.1);
      expect(Math.abs(meter.truePeak(sound) - own.truePeak)).toBeLessThan(0.3);
    }
  },
);

const variants = catalogue.sounds.flatMap(({ id, variants = [] }) =>
  variants.map(({ name }) => catalogue.find(`${id}-${name}`)!),
);

test.each(made(variants))(
  "the variant $id is inside the gates of its sound, and other bots read it as we do",
  async ({ id, origin, trigger }) => {
    const excerpt = framesIn(seconds(LONGER_VARIED[trigger] ?? VARIED));
    const { packets, after, measuresAfter, failures } = await inspect(origin, excerpt, false);
    expect(failures).toEqual([]);
    expect(await differencesOfRendered(id, packets)).toEqual([]);
    expect(Math.abs(meter.loudness(after) - measuresAfter.loudness)).toBeLessThan(0.1);
  },
);
