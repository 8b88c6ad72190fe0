import { expect, test } from "vitest";
import { openCatalogue } from "../../src/render/openCatalogue.ts";
import { leaveOneOut } from "../../tools/sound-lab/texture/naming.ts";
import { readReferences } from "../../tools/sound-lab/texture/references.ts";
import { createYardstick, kindOf, renderedPcm } from "../../tools/sound-lab/texture/textures.ts";

// `npm run sounds -- --texture` measures all of them, for longer.
const LENGTH = 30;

test("four in five recordings are named rightly by all the others", () => {
  const { all } = readReferences();
  const right = leaveOneOut(all).reduce((sum, one) => sum + one.right, 0);
  expect(right / all.length).toBeGreaterThan(0.8);
});

test.each(["wind", "fire", "rain-garden", "rain-window", "rain-tent", "rain-tin"])(
  "%s passes for a recording of its kind",
  async (id) => {
    const { origin } = openCatalogue().find(id)!;
    if (origin.kind !== "recipe") throw new Error("It is made by a recipe");
    expect(createYardstick()(kindOf(origin)!, await renderedPcm(origin, LENGTH)).wrong).toEqual([]);
  },
);

test("the sea is as near to surf, though three recordings are no bar", async () => {
  const { origin } = openCatalogue().find("ocean")!;
  if (origin.kind !== "recipe") throw new Error("It is made by a recipe");
  const { distance, noise, named } = createYardstick()(kindOf(origin)!, await renderedPcm(origin, LENGTH));
  expect({ named, out: distance.out }).toEqual({ named: "surf", out: [] });
  expect(distance.all).toBeLessThan(Math.min(1.2, noise));
});
