import { FRAME_SAMPLES } from "../../audio/format.ts";
import { prng } from "../../kernel/random.ts";
import { millisIn } from "../../kernel/units.ts";
import { bubble, bubbleRadius } from "../bubbles.ts";
import { mixRatio, smoothStep, wander } from "../curves.ts";
import { bandPass, chain, highPass, softLowPass } from "../filters.ts";
import { hump, sweep } from "../gesture.ts";
import { sprinkle } from "../line.ts";
import { sum } from "../nodes.ts";
import { pink } from "../noise.ts";
import { between, seedOf } from "../random.ts";
import type { Recipe, RecipeRequest } from "../recipe.ts";
import { roomTone } from "../roomTone.ts";
import { panned, placed } from "../space.ts";
import { type TimedSound, timeline } from "../timeline.ts";
import type { Stroke } from "./brush.ts";
import { strokeRecipe } from "./strokes.ts";

/** Small circles at one ear for a while, then at the other. */
const circles = (
  { seed, length }: RecipeRequest,
  {
    stroke,
    count,
    rest,
    reach,
  }: {
    readonly stroke: readonly [number, number];
    readonly count: readonly [number, number];
    readonly rest: readonly [number, number];
    readonly reach: number;
  },
): readonly Stroke[] => {
  const random = prng(seed);
  const total = millisIn(length) / 1_000;
  const strokes: Stroke[] = [];
  let side: 1 | -1 = -1;
  for (let at = 0.1; at < total - 3; side = side === 1 ? -1 : 1) {
    const home = side * between(random, 1.2, 1.5);
    for (let left = Math.round(between(random, ...count)); left > 0 && at < total - 2; left--) {
      const one = between(random, ...stroke);
      const way = (left % 2 === 0 ? 1 : -1) * reach;
      strokes.push({ at, length: one, from: home - way, to: home + way, effort: between(random, 0.75, 1.05) });
      at += one + between(random, 0.01, 0.09);
    }
    at += between(random, ...rest);
  }
  return strokes;
};

/** A cotton bud that turns slowly in one ear, and then in the other. */
export const earCleaning = strokeRecipe(
  {
    slow: 700,
    fast: 3_400,
    hush: 0.4,
    rate: 260,
    catch: 1_700,
    catchQ: 1.4,
    grain: 0.5,
    highPass: 160,
    distance: 0.11,
  },
  (request) => circles(request, { stroke: [0.28, 0.6], count: [9, 18], rest: [0.3, 0.8], reach: 0.05 }),
  0.008,
);

/** Fingertips that rub the outside of the ears, in slow circles. */
export const earMassage = strokeRecipe(
  { slow: 320, fast: 1_500, hush: 0.8, rate: 120, catch: 700, catchQ: 0.9, grain: 0.3, highPass: 70, distance: 0.1 },
  (request) => circles(request, { stroke: [0.6, 1.1], count: [5, 9], rest: [0.2, 0.5], reach: 0.12 }),
  0.008,
);

/** Hands that are rubbed together with lotion, slower and slower, and begin again. */
export const handLotion = strokeRecipe(
  { slow: 500, fast: 2_900, hush: 0.6, rate: 90, catch: 1_200, catchQ: 1, grain: 0.2, highPass: 180, distance: 0.3 },
  (request) => circles(request, { stroke: [0.4, 0.95], count: [6, 12], rest: [0.15, 0.5], reach: 0.5 }),
  0.008,
  (request) => {
    const pace = wander(request.seed + 31, 35, request.length);
    return sprinkle(
      request.seed + 30,
      0.2,
      (frame) => 55 * (1 + 0.8 * pace(frame)),
      (random) =>
        panned(
          bubble(bubbleRadius(random, 0.0006, 0.002, 1.6), 0.012 * random() ** 2, 0.12),
          between(random, -0.7, 0.7),
        ),
    );
  },
);

/** Hands laid over the ears and taken away: the hollow of a shell, first at one ear, then at both. */
export const earCupping: Recipe = {
  version: 3,
  loudness: -30,
  onsetCap: 9,
  create({ seed, length }) {
    const ears = [0, 1].map((side) => {
      const [cover, tremble] = [wander(seed + 3 * side, 120, length), wander(seed + 5 * side + 1, 16, length)];
      return {
        fill: pink(seed + 20 + side),
        shared: pink(seed + 25),
        hollow: bandPass(520, 2.4),
        upper: bandPass(1_350, 3),
        open: chain(highPass(200), softLowPass(1_100)),
        low: softLowPass(600),
        close: (frame: number) => smoothStep(-0.35, 0.45, cover(frame) + 0.06 * tremble(frame)),
        last: 0,
      };
    });
    const [shell, upper, room] = [0, 1, 2].map(() => new Float32Array(FRAME_SAMPLES)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    let frame = 0;
    return {
      bed: sum(
        {
          render({ left, right }) {
            for (const [side, out] of [left, right].entries()) {
              const ear = ears[side]!;
              const close = ear.close(frame);
              ear.fill(out);
              ear.shared(room);
              for (let i = 0; i < FRAME_SAMPLES; i++) shell[i] = 0.8 * out[i]! + 0.6 * room[i]!;
              upper.set(shell);
              room.set(shell);
              ear.hollow.tune(mixRatio(900, 430, close), mixRatio(1.2, 2.6, close));
              ear.hollow(shell);
              ear.upper.tune(mixRatio(2_300, 1_250, close), 3);
              ear.upper(upper);
              ear.open(room);
              for (let i = 0; i < FRAME_SAMPLES; i++) {
                const now = ear.last + ((close - ear.last) * i) / FRAME_SAMPLES;
                out[i] = 0.2 * now * (shell[i]! + 0.35 * upper[i]!) + 0.09 * (1 - 0.8 * now) * room[i]!;
              }
              ear.last = close;
            }
            frame += 1;
            return "more";
          },
        },
        roomTone(seed + 9, 0.02),
      ),
    };
  },
};

/** A slow breath that is blown softly past one ear. */
const blow = (random: () => number): Float32Array => {
  const length = between(random, 1.6, 2.6);
  const out = sweep(random, length, (t) => ({
    level: 0.9 * hump(t, 0.35) * (1 + 0.18 * Math.sin(60 * t) * random()),
    frequency: mixRatio(950, 480, t),
    q: 0.55,
  }));
  softLowPass(1_900)(out);
  return out;
};

/** Breath blown softly at one ear and then at the other. */
export const softBlowing: Recipe = {
  version: 3,
  loudness: -30,
  onsetCap: 9,
  create({ seed, length }) {
    const random = prng(seed);
    const total = millisIn(length) / 1_000;
    const events: TimedSound[] = [];
    let side: 1 | -1 = 1;
    for (let at = 0.3; at < total - 3; side = side === 1 ? -1 : 1) {
      const [own, azimuth] = [seedOf(random), side * between(random, 0.9, 1.5)];
      events.push({ at, sound: () => placed(blow(prng(own)), azimuth, 0.13, 0.2) });
      at += between(random, 2.3, 3.3);
    }
    return { bed: roomTone(seed + 9, 0.02), events: timeline(events, length, 2.8) };
  },
};
