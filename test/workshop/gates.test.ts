import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseManifest } from "../../src/library/manifest.ts";
import { inspect } from "../../src/workshop/inspect.ts";
import { MANIFEST } from "../../src/workshop/openCatalogue.ts";
import { independentMeter } from "../support/independentMeter.ts";

// The gates hold for the loops of full length (`npm run sounds` shows them); half a minute shows a recipe gone wrong.
const EXCERPT = 30;
const meter = await independentMeter();

test.each(
  parseManifest(readFileSync(MANIFEST, "utf8")).flatMap(({ id, origin }) =>
    origin.kind === "recipe" ? [{ id, ...origin }] : [],
  ),
)("$id is inside its gates, before and after Opus", ({ recipe, seed }) => {
  const { before, after, measures, measuresAfter, failures } = inspect(recipe, seed, EXCERPT);
  expect(failures).toEqual([]);
  for (const [sound, own] of [
    [before, measures],
    [after, measuresAfter],
  ] as const) {
    const { loudness, truePeak } = meter(sound);
    expect(Math.abs(loudness - own.loudness)).toBeLessThan(0.1);
    expect(Math.abs(truePeak - own.truePeak)).toBeLessThan(0.3);
  }
});
