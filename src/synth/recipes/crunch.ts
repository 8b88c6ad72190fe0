import { prng } from "../../kernel/random.ts";
import { millisIn } from "../../kernel/units.ts";
import { air } from "../air.ts";
import { chain, highPass, softLowPass } from "../filters.ts";
import { addAt, hump } from "../gesture.ts";
import { scuff } from "../modes.ts";
import { pareto } from "../noise.ts";
import { between, betweenRatio, seedOf } from "../random.ts";
import type { Recipe } from "../recipe.ts";
import { roomTone } from "../roomTone.ts";
import { placed } from "../space.ts";
import { type TimedSound, timeline } from "../timeline.ts";

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
  version: 3,
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
  version: 3,
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
