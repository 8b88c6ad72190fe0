import type { AudioNode } from "../../audio/format.ts";
import { prng } from "../../kernel/random.ts";
import { millisIn } from "../../kernel/units.ts";
import { sum } from "../nodes.ts";
import { between } from "../random.ts";
import type { Recipe, RecipeRequest } from "../recipe.ts";
import { roomTone } from "../roomTone.ts";
import { type Bristles, type Stroke, stroking } from "./brush.ts";

/** Short strokes to and fro, several at one place, then at the next. */
const patches = (
  { seed, length }: RecipeRequest,
  options: {
    readonly stroke: readonly [number, number];
    readonly gap: readonly [number, number];
    readonly count: readonly [number, number];
    readonly rest: readonly [number, number];
    /** Where the next patch is, in radians from ahead. */
    place(index: number, random: () => number): number;
    readonly reach: number;
  },
): readonly Stroke[] => {
  const random = prng(seed);
  const total = millisIn(length) / 1_000;
  const strokes: Stroke[] = [];
  for (let at = 0.1, patch = 0; at < total - 3; patch++) {
    const home = options.place(patch, random);
    const count = Math.round(between(random, ...options.count));
    for (let index = 0; index < count && at < total - 2; index++) {
      const one = between(random, ...options.stroke);
      const way = (index % 2 === 0 ? 1 : -1) * options.reach;
      // Pulling is stronger than pushing.
      const effort = between(random, 0.75, 1.1) * (index % 2 === 0 ? 1 : 0.8);
      strokes.push({ at, length: one, from: home - way, to: home + way, effort });
      at += one + between(random, ...options.gap);
    }
    at += between(random, ...options.rest);
  }
  return strokes;
};

/**
 * A sound of strokes in a quiet room.
 * @param air linear level of the room's tone
 * @param beside what is heard with the strokes
 */
export const strokeRecipe = (
  bristles: Bristles,
  strokes: (request: RecipeRequest) => readonly Stroke[],
  air: number,
  beside?: (request: RecipeRequest) => AudioNode,
): Recipe => ({
  version: 4,
  loudness: -30,
  onsetCap: 10.5,
  create: (request) => ({
    bed: sum(
      stroking(request, strokes(request), bristles),
      roomTone(request.seed + 9, air),
      ...(beside === undefined ? [] : [beside(request)]),
    ),
  }),
});

/** Nails on woven cloth, at one ear and then at the other. */
export const scratchFabric = strokeRecipe(
  {
    slow: 1_400,
    fast: 5_200,
    hush: 0.3,
    rate: 420,
    catch: 2_400,
    catchQ: 1.1,
    grain: 0.6,
    highPass: 320,
    distance: 0.2,
  },
  (request) =>
    patches(request, {
      stroke: [0.16, 0.34],
      gap: [0.01, 0.06],
      count: [5, 13],
      rest: [0.15, 0.6],
      place: (index, random) => (index % 2 === 0 ? -1 : 1) * between(random, 0.8, 1.3),
      reach: 0.06,
    }),
  0.014,
);

/** Fingertips on the scalp: slower and duller, all around the head. */
export const scalp = strokeRecipe(
  {
    slow: 500,
    fast: 2_400,
    hush: 0.5,
    rate: 300,
    catch: 1_100,
    catchQ: 0.9,
    grain: 0.6,
    highPass: 140,
    distance: 0.13,
  },
  (request) =>
    patches(request, {
      stroke: [0.35, 0.7],
      gap: [0.02, 0.12],
      count: [2, 5],
      rest: [0.1, 0.4],
      place: (index, random) => (index * 1.26 + between(random, -0.2, 0.2)) % (2 * Math.PI),
      reach: 0.22,
    }),
  0.008,
);

/** A brush drawn through long hair, round the head. */
export const brushHair = strokeRecipe(
  {
    slow: 900,
    fast: 5_000,
    hush: 0.34,
    rate: 1_300,
    catch: 3_000,
    catchQ: 1.2,
    grain: 0.32,
    highPass: 280,
    distance: 0.16,
  },
  (request) =>
    patches(request, {
      stroke: [1.1, 1.7],
      gap: [0.3, 0.6],
      count: [1, 1],
      rest: [0.1, 0.4],
      place: (index, random) => (index * 1.26 + between(random, -0.15, 0.15)) % (2 * Math.PI),
      reach: 0.3,
    }),
  0.008,
);
