import { expect, test } from "vitest";
import { framesIn, seconds } from "../../src/kernel/units.ts";
import { inspect } from "../../src/workshop/inspect.ts";
import { openCatalogue } from "../../src/workshop/openCatalogue.ts";
import { independentMeter } from "../support/independentMeter.ts";

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

const meter = await independentMeter();

test.each(
  openCatalogue().sounds.flatMap(({ id, origin }) =>
    origin.kind === "recipe" || origin.kind === "script" ? [{ id, origin }] : [],
  ),
)("$id is inside its gates, before and after Opus", async ({ id, origin }) => {
  const whole = LISTENED.has(id);
  const excerpt = framesIn(seconds(whole ? LONGER : EXCERPT));
  const { before, after, measures, measuresAfter, failures } = await inspect(origin, excerpt, whole);
  expect(failures).toEqual([]);
  for (const [sound, own] of whole
    ? [[before, measures] as const, [after, measuresAfter] as const]
    : [[after, measuresAfter] as const]) {
    const { loudness, truePeak } = meter(sound);
    expect(Math.abs(loudness - own.loudness)).toBeLessThan(0.1);
    expect(Math.abs(truePeak - own.truePeak)).toBeLessThan(0.3);
  }
});
