import { type AudioNode, FRAME_SAMPLES } from "../../audio/format.ts";
import { prng } from "../../kernel/random.ts";
import { millisIn } from "../../kernel/units.ts";
import { air } from "../air.ts";
import { bubble, bubbleRadius } from "../bubbles.ts";
import { mixRatio, smoothStep, wander } from "../curves.ts";
import { bandPass, biquad, chain, highPass, lowPass, softLowPass } from "../filters.ts";
import { addAt, hump, sweep } from "../gesture.ts";
import { sprinkle } from "../line.ts";
import { scuff } from "../modes.ts";
import { filtered, sum } from "../nodes.ts";
import { pareto, pink } from "../noise.ts";
import { between, betweenRatio, seedOf } from "../random.ts";
import type { Recipe, RecipeRequest } from "../recipe.ts";
import { roomTone } from "../roomTone.ts";
import { panned, placed } from "../space.ts";
import { type TimedSound, timeline } from "../timeline.ts";
import { heartbeat } from "./body.ts";
import { type Bristles, type Stroke, stroking } from "./brush.ts";

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

const handled = (
  bristles: Bristles,
  strokes: (request: RecipeRequest) => readonly Stroke[],
  beside: (request: RecipeRequest) => AudioNode = (request) => roomTone(request.seed + 9, 0.008),
): Recipe => ({
  version: 1,
  loudness: -30,
  onsetCap: 10.5,
  create: (request) => ({ bed: sum(stroking(request, strokes(request), bristles), beside(request)) }),
});

/** A cotton bud that turns slowly in one ear, and then in the other. */
export const earCleaning = handled(
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
);

/** Fingertips that rub the outside of the ears, in slow circles. */
export const earMassage = handled(
  { slow: 320, fast: 1_500, hush: 0.8, rate: 120, catch: 700, catchQ: 0.9, grain: 0.3, highPass: 70, distance: 0.1 },
  (request) => circles(request, { stroke: [0.6, 1.1], count: [5, 9], rest: [0.2, 0.5], reach: 0.12 }),
);

/** Hands that are rubbed together with lotion, slower and slower, and begin again. */
export const handLotion = handled(
  { slow: 500, fast: 2_900, hush: 0.6, rate: 90, catch: 1_200, catchQ: 1, grain: 0.2, highPass: 180, distance: 0.3 },
  (request) => circles(request, { stroke: [0.4, 0.95], count: [6, 12], rest: [0.15, 0.5], reach: 0.5 }),
  (request) => {
    const pace = wander(request.seed + 31, 35, request.length);
    return sum(
      roomTone(request.seed + 9, 0.008),
      sprinkle(
        request.seed + 30,
        0.2,
        (frame) => 55 * (1 + 0.8 * pace(frame)),
        (random) =>
          panned(
            bubble(bubbleRadius(random, 0.0006, 0.002, 1.6), 0.012 * random() ** 2, 0.12),
            between(random, -0.7, 0.7),
          ),
      ),
    );
  },
);

/** Hands laid over the ears and taken away: the hollow of a shell, first at one ear, then at both. */
export const earCupping: Recipe = {
  version: 1,
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
  version: 1,
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
export const pencil = handled(
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
);

/** Somebody who writes on a slate with chalk. */
export const chalk = handled(
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
);

/** Tiny bubbles that burst at the top of a glass, one pouring after another. */
export const fizz: Recipe = {
  version: 1,
  loudness: -30,
  onsetCap: 10,
  create({ seed, length }) {
    const total = millisIn(length) / 1_000;
    const period = total / Math.max(1, Math.round(total / 24));
    const lively = (frame: number) => {
      const now = (frame * 0.02) % period;
      return smoothStep(0, 2, now) * Math.exp(-now / 14) * (1 - smoothStep(period - 1.5, period, now)) + 0.25;
    };
    const glass = () => chain(highPass(700), biquad("peak", 2_400, 1, 4), softLowPass(5_200));
    return {
      bed: sum(
        filtered(
          sprinkle(
            seed,
            0.05,
            (frame) => 1_500 * lively(frame),
            (random) =>
              panned(
                bubble(bubbleRadius(random, 0.0003, 0.0013, 1.7), 0.03 * random() ** 2, 0.1),
                between(random, -0.8, 0.8),
              ),
          ),
          softLowPass(5_000),
          softLowPass(5_000),
        ),
        air(seed + 3, glass, (frame) => 0.02 * lively(frame)),
        roomTone(seed + 9, 0.008),
      ),
    };
  },
};

/** Grains that give way under a blade or a boot, thick in the middle. */
const crunch = (
  random: () => number,
  {
    length,
    rate,
    low,
    high,
    top,
  }: {
    readonly length: number;
    readonly rate: number;
    readonly low: number;
    readonly high: number;
    readonly top: number;
  },
): Float32Array => {
  const out = new Float32Array(Math.round((length + 0.08) * 48_000));
  for (let at = 0; at < length; at += -Math.log(1 - random()) / rate) {
    scuff(out, random, {
      at,
      length: betweenRatio(random, 0.003, 0.012),
      low: betweenRatio(random, low, low * 2),
      high: betweenRatio(random, high / 2, high),
      level: 0.2 * hump(at / length, top) * pareto(random, 2.4, 3),
    });
  }
  return out;
};

/** Wet sand that is cut with a knife, slice by slice. */
export const sandCutting: Recipe = {
  version: 1,
  loudness: -30,
  onsetCap: 11,
  create({ seed, length }) {
    const random = prng(seed);
    const total = millisIn(length) / 1_000;
    const events: TimedSound[] = [];
    let side: 1 | -1 = 1;
    for (let at = 0.3; at < total - 2; ) {
      for (let slices = 2 + Math.floor(random() * 3); slices > 0 && at < total - 1.6; slices--) {
        const [own, azimuth, one] = [seedOf(random), side * between(random, 0.3, 0.9), between(random, 0.6, 1.1)];
        events.push({
          at,
          sound: () =>
            placed(crunch(prng(own), { length: one, rate: 900, low: 700, high: 5_200, top: 0.45 }), azimuth, 0.35, 0.6),
        });
        at += one + between(random, 0.12, 0.4);
      }
      at += between(random, 0.2, 0.6);
      side = side === 1 ? -1 : 1;
    }
    return { bed: roomTone(seed + 9, 0.008), events: timeline(events, length, 1.3) };
  },
};

/** Steps in fresh snow: heel, then toe, at an easy pace. */
export const snow: Recipe = {
  version: 1,
  loudness: -30,
  onsetCap: 10.5,
  create({ seed, length }) {
    const random = prng(seed);
    const total = millisIn(length) / 1_000;
    const count = Math.round(total / 0.72);
    const events: TimedSound[] = Array.from({ length: count }, (_, index) => {
      const [own, level] = [seedOf(random), between(random, 0.75, 1.05)];
      const foot = index % 2 === 0 ? -0.35 : 0.35;
      return {
        at: ((index + 0.1 + 0.02 * between(random, -1, 1)) / count) * total,
        sound: () => {
          const stream = prng(own);
          const out = new Float32Array(33_600);
          addAt(out, crunch(stream, { length: 0.22, rate: 700, low: 350, high: 2_600, top: 0.4 }), 0, 0.8 * level);
          addAt(out, crunch(stream, { length: 0.26, rate: 900, low: 500, high: 3_600, top: 0.35 }), 0.2, level);
          return placed(out, foot, 1.2, 0.6);
        },
      };
    });
    const winter = () => chain(highPass(90), softLowPass(350));
    return { bed: air(seed + 3, winter, 0.05), events: timeline(events, length, 0.9) };
  },
};

/** A heart through a stethoscope: muffled, with slow breath in the chest around it. */
export const stethoscope: Recipe = {
  version: 1,
  loudness: -30,
  onsetCap: 10,
  create(request) {
    const { seed, length } = request;
    const heart = heartbeat.create(request);
    const total = millisIn(length) / 1_000;
    const period = total / Math.max(1, Math.round(total / 4.6));
    const chest = () => chain(highPass(110), lowPass(380, 0.7), biquad("peak", 230, 1.2, 4));
    const lungs = (frame: number) => {
      const now = ((frame * 0.02) % period) / period;
      return 0.1 + 0.9 * hump(now / 0.4, 0.55) + 0.55 * hump((now - 0.45) / 0.45, 0.35);
    };
    const beds = [
      air(seed + 40, chest, (frame) => 0.4 * lungs(frame)),
      ...(heart.bed === undefined ? [] : [heart.bed]),
    ];
    return { ...heart, bed: sum(...beds) };
  },
};
