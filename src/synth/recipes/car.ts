import { prng } from "../../kernel/random.ts";
import { millisIn } from "../../kernel/units.ts";
import { air } from "../air.ts";
import { chain, highPass, lowPass } from "../filters.ts";
import { addAt, hump, sweep } from "../gesture.ts";
import { type Mode, scuff, strike } from "../modes.ts";
import { sum } from "../nodes.ts";
import { between, betweenRatio, seedOf } from "../random.ts";
import type { Recipe } from "../recipe.ts";
import { panned } from "../space.ts";
import { type TimedSound, timeline } from "../timeline.ts";
import { rainRecipe } from "./rain.ts";

/** A drop on a car's roof: sheet steel that its lining damps at once. */
const onRoof = (random: () => number): Float32Array => {
  const sheet = betweenRatio(random, 0.8, 1.25);
  const modes: Mode[] = [
    { frequency: 190 * sheet, t60: between(random, 0.03, 0.06), gain: 0.9 },
    { frequency: 430 * sheet, t60: between(random, 0.02, 0.04), gain: 0.5 },
    { frequency: 1_150 * sheet, t60: 0.015, gain: 0.3 * random() },
  ];
  const out = new Float32Array(4_000);
  out.set(strike(modes, betweenRatio(random, 0.0004, 0.0018)).subarray(0, 4_000));
  scuff(out, random, { length: 0.006, low: 900, high: 5_000, level: 0.2 });
  return out;
};

const roof = rainRecipe({
  hush: 1_500,
  hushLevel: 0.42,
  drizzle: [
    { frequency: 210, q: 1.6, rate: 420, level: 0.05 },
    { frequency: 460, q: 1.8, rate: 600, level: 0.05 },
    { frequency: 1_200, q: 1.2, rate: 1_400, level: 0.05 },
    { frequency: 2_900, q: 1.2, rate: 2_000, level: 0.045 },
    { frequency: 5_800, q: 1.2, rate: 1_600, level: 0.03 },
  ],
  nearLevel: 0.07,
  near: 4,
  drop: onRoof,
});

/** Seconds from one sweep to the next: the slow setting. */
const EVERY = 2.6;
const SWEEP = 0.62;

/** Rubber over wet glass: a hiss that is brightest in the middle of its way. */
const wipe = (seed: number): Float32Array => {
  const random = prng(seed);
  const out = new Float32Array(48_000);
  const rubber = sweep(random, SWEEP, (share) => ({
    level: 0.42 * hump(share, 0.45),
    frequency: 480 + 520 * hump(share, 0.5),
    q: 0.9,
  }));
  const water = sweep(random, SWEEP, (share) => ({ level: 0.18 * hump(share, 0.55), frequency: 2_600, q: 0.7 }));
  addAt(out, rubber, 0);
  addAt(out, water, 0.02);
  // The arm comes to rest, softly.
  addAt(
    out,
    strike(
      [
        { frequency: 96, t60: 0.11, gain: 0.6 },
        { frequency: 210, t60: 0.06, gain: 0.25 },
      ],
      0.009,
    ),
    SWEEP - 0.04,
    0.3,
  );
  return out;
};

/** Rain on the roof of a car that stands still, with its wipers going to and fro. */
export const rainCar: Recipe = {
  version: 1,
  loudness: -30,
  onsetCap: 10.5,
  create(request) {
    const { seed, length } = request;
    const random = prng(seed + 70);
    const total = millisIn(length) / 1_000;
    const count = Math.max(1, Math.round(total / EVERY));
    const events: TimedSound[] = Array.from({ length: 2 * count }, (_, index) => {
      const [own, back] = [seedOf(random), index % 2 === 1];
      const late = back ? SWEEP + 0.16 : 0;
      return {
        at: ((index >> 1) / count) * total + 0.2 + late + 0.006 * between(random, -1, 1),
        sound: () => panned(wipe(own), back ? 0.35 : -0.35),
      };
    });
    const cabin = () => chain(highPass(60), lowPass(160, 0.7));
    return { bed: sum(roof.create(request).bed!, air(seed + 71, cabin, 0.03)), events: timeline(events, length, 1.1) };
  },
};
