import { prng } from "../../kernel/random.ts";
import { millisIn } from "../../kernel/units.ts";
import { between } from "../random.ts";
import type { RecipeRequest } from "../recipe.ts";
import type { Stroke } from "./brush.ts";
import { strokeRecipe } from "./strokes.ts";

/** A pencil on paper: letters, words, and the rests between them. */
const written = (request: RecipeRequest): readonly Stroke[] => {
  const random = prng(request.seed);
  const total = millisIn(request.length) / 1_000;
  const strokes: Stroke[] = [];
  let line = -0.45;
  for (let at = 0.1; at < total - 2; ) {
    for (let letters = 3 + Math.floor(random() * 6); letters > 0 && at < total - 1.5; letters--) {
      const length = between(random, 0.07, 0.2);
      strokes.push({ at, length, from: line, to: line + 0.02, effort: between(random, 0.6, 1.05) });
      at += length + between(random, 0.015, 0.06);
      line += 0.012;
    }
    at += between(random, 0.12, 0.4);
    if (line > 0.45) line = -0.45;
  }
  return strokes;
};

/** Somebody who writes with a pencil. */
export const pencil = strokeRecipe(
  {
    slow: 1_800,
    fast: 6_500,
    hush: 0.25,
    rate: 900,
    catch: 2_900,
    catchQ: 1.2,
    grain: 0.5,
    highPass: 350,
    distance: 0.4,
  },
  written,
  0.026,
);

/** Somebody who writes on a slate with chalk. */
export const chalk = strokeRecipe(
  {
    slow: 1_200,
    fast: 4_600,
    hush: 0.3,
    rate: 520,
    catch: 2_100,
    catchQ: 2.2,
    grain: 0.7,
    highPass: 260,
    distance: 0.6,
  },
  (request) => written(request).map((stroke) => ({ ...stroke, effort: stroke.effort * 0.9 })),
  0.008,
);
