import { type AudioNode, FRAME_SAMPLES, type Pcm } from "../../audio/format.ts";
import { gainOf } from "../../kernel/units.ts";
import { addTo, ramp, type Shape } from "../blocks.ts";
import { type Curve, wander } from "../curves.ts";
import { aroundTheHead } from "../ears.ts";
import { bandPass, chain, highPass, softLowPass } from "../filters.ts";
import { sprinkle } from "../line.ts";
import { type Mode, scuff, strike } from "../modes.ts";
import { sum } from "../nodes.ts";
import { impulses, pareto, pink } from "../noise.ts";
import { between, betweenRatio } from "../random.ts";
import { chosen, type Recipe, type RecipeRequest, wordsOf } from "../recipe.ts";
import { placed } from "../space.ts";

/** A band in which far drops ring: too many to be heard one by one. */
interface Drizzle {
  readonly frequency: number;
  readonly q: number;
  /** Drops a second and ear. */
  readonly rate: number;
  readonly level: number;
}

interface Rain {
  /** Highest frequency of the far rain's hush. */
  readonly hush: number;
  readonly hushLevel: number;
  readonly drizzle: readonly Drizzle[];
  /** Drops a second that are heard one by one. */
  readonly near: number;
  readonly nearLevel: number;
  /** What such a drop falls on. */
  drop(random: () => number): Float32Array;
}

/** How hard it rains: what becomes of the far hush, of the drops between, and of those that are near. */
const HARDNESS = {
  steady: { hush: 1, drizzle: 1, near: 1 },
  light: { hush: 0.8, drizzle: 0.6, near: 0.5 },
  heavy: { hush: 1.5, drizzle: 1.7, near: 1.9 },
} as const;
/** Where the listener is: how many near drops there are, and how bright what is far is. */
const DISTANCE = { near: { near: 1, bright: 1 }, far: { near: 0.3, bright: 0.85 } } as const;

/** Rain comes in squalls that all of it shares: the drops follow more than the hush does. */
const squalls = ({ seed, length }: RecipeRequest): Curve => {
  const [slow, quick] = [wander(seed + 7, 420, length), wander(seed + 8, 60, length)];
  return (frame) => 0.7 * slow(frame) + 0.3 * quick(frame);
};

/** Far rain: pink noise that breathes a little. */
const hush = ({ seed, length }: RecipeRequest, { hush: cutoff, hushLevel }: Rain, squall: Curve): AudioNode => {
  const fill = aroundTheHead(pink, seed + 101);
  const ears = [0, 1].map((side) => {
    const sway = wander(seed + 11 + side, 190, length);
    return {
      shape: chain(highPass(150), softLowPass(cutoff), softLowPass(cutoff * 2.2)),
      gain: (frame: number) => hushLevel * gainOf(0.9 * sway(frame) + 0.6 * squall(frame)),
    };
  });
  let frame = 0;
  return {
    render({ left, right }) {
      fill(left, right);
      for (const [side, out] of [left, right].entries()) {
        const { shape, gain } = ears[side]!;
        shape(out);
        ramp(out, gain(frame), gain(frame + 1));
      }
      frame += 1;
      return "more";
    },
  };
};

/** Drops at middle distance: sparse impulses that ring in a few bands (Farnell 2010, chapter 41, takes the same view). */
const drizzle = (seed: number, bands: readonly Drizzle[]): AudioNode => {
  const block = new Float32Array(FRAME_SAMPLES);
  const ears = [0, 1].map((side) =>
    bands.map(({ frequency, q, rate, level }, index) => ({
      // What rings low reaches both ears.
      fill: impulses(seed + 31 * index + (frequency < 600 ? 0 : 997 * side), rate, (random) => pareto(random, 1.75, 6)),
      shape: bandPass(frequency * (frequency < 600 ? 1 : 1 + 0.06 * side), q) as Shape,
      // A band-pass lets through an impulse in proportion to its width.
      level: (level * q * 4_000) / frequency,
    })),
  );
  return {
    render({ left, right }) {
      for (const [side, out] of [left, right].entries()) {
        out.fill(0);
        for (const { fill, shape, level } of ears[side]!) {
          fill(block);
          shape(block);
          addTo(out, block, level);
        }
      }
      return "more";
    },
  };
};

/** A bubble caught by a drop: it rings, rising a little as it nears the surface (Minnaert 1933; van den Doel 2005). */
const bubble = (random: () => number, out: Float32Array, frequency: number, level: number): void => {
  const decay = between(random, 90, 220);
  const rise = between(random, 2, 9);
  let phase = 0;
  for (let i = 0; i < out.length; i++) {
    const t = i / 48_000;
    phase += (2 * Math.PI * frequency * (1 + rise * t)) / 48_000;
    out[i] = out[i]! + level * Math.min(1, i / 24) * Math.exp(-decay * t) * Math.sin(phase);
  }
};

const near = (seed: number, { near: rate, nearLevel, drop }: Rain, squall: Curve): AudioNode =>
  sprinkle(
    seed,
    0.2,
    (frame) => rate * (1 + 0.3 * squall(frame)),
    (random): Pcm => {
      const distance = betweenRatio(random, 0.5, 2.5);
      // Few drops are large (Marshall & Palmer 1948), and a drop's force grows with more than its mass.
      const level = (pareto(random, 1.7, 4) * nearLevel) / distance;
      return placed(drop(random), between(random, -1.4, 1.4), distance, level);
    },
  );

/** Rain on something of which the drops, near and far, are told. */
export const rainRecipe = (kind: Rain): Recipe => ({
  version: 6,
  loudness: -30,
  onsetCap: 10.5,
  choices: { rain: wordsOf(HARDNESS), distance: wordsOf(DISTANCE) },
  create(request) {
    const [hard, place] = [chosen(request.settings, "rain", HARDNESS), chosen(request.settings, "distance", DISTANCE)];
    const rain: Rain = {
      ...kind,
      hush: kind.hush * place.bright,
      hushLevel: kind.hushLevel * hard.hush,
      drizzle: kind.drizzle.map(({ rate, ...band }) => ({ ...band, rate: rate * hard.drizzle })),
      near: kind.near * hard.near * place.near,
    };
    const squall = squalls(request);
    return {
      bed: sum(
        hush(request, rain, squall),
        drizzle(request.seed + 5_000, rain.drizzle),
        near(request.seed + 9_000, rain, squall),
      ),
    };
  },
});

/** A drop on a pane: a click, the pane's thud, and a short glassy ring. */
const onGlass = (random: () => number): Float32Array => {
  const size = random();
  const ring = betweenRatio(random, 1_600, 5_600);
  const modes: Mode[] = [
    { frequency: betweenRatio(random, 210, 420), t60: between(random, 0.03, 0.06), gain: 0.9 },
    { frequency: betweenRatio(random, 520, 1_150), t60: between(random, 0.015, 0.035), gain: 0.5 },
    { frequency: ring, t60: between(random, 0.006, 0.02), gain: 0.3 },
    { frequency: ring * between(random, 1.5, 1.9), t60: 0.008, gain: 0.16 },
  ];
  const out = new Float32Array(6_000);
  out.set(strike(modes, between(random, 0.0002, 0.0011) * (0.6 + size)).subarray(0, 6_000));
  scuff(out, random, { length: between(random, 0.004, 0.014), low: 1_500, high: 7_000, level: 0.22 });
  if (random() < 0.12) bubble(random, out, betweenRatio(random, 900, 3_200), 0.25);
  return out;
};

/** A drop on leaves or earth: soft, dull, sometimes the pat of a broad leaf. */
const onLeaves = (random: () => number): Float32Array => {
  const leaf = random() < 0.3;
  const out = new Float32Array(5_000);
  const modes: Mode[] = [
    { frequency: betweenRatio(random, 140, 380), t60: between(random, 0.02, 0.05), gain: 0.9 },
    { frequency: betweenRatio(random, 400, 1_400), t60: between(random, 0.008, 0.02), gain: leaf ? 0.7 : 0.25 },
  ];
  out.set(strike(modes, between(random, 0.0006, 0.0022)).subarray(0, 5_000));
  scuff(out, random, { length: between(random, 0.008, 0.03), low: 700, high: leaf ? 5_000 : 2_600, level: 0.35 });
  if (random() < 0.1) bubble(random, out, betweenRatio(random, 700, 2_200), 0.3);
  return out;
};

/** Rain on a window pane, heard from inside. */
export const rainWindow = rainRecipe({
  hush: 1720,
  hushLevel: 0.466,
  drizzle: [
    { frequency: 340, q: 1.2, rate: 789, level: 0.0397 },
    { frequency: 780, q: 1.6, rate: 176, level: 0.0058 },
    { frequency: 1900, q: 2.2, rate: 737, level: 0.0663 },
    { frequency: 3600, q: 3, rate: 2420, level: 0.0502 },
    { frequency: 6200, q: 2, rate: 2500, level: 0.0787 },
  ],
  nearLevel: 0.0569,
  near: 3.44,
  drop: onGlass,
});

/** Rain on leaves and soil, heard from a porch. */
export const rainGarden = rainRecipe({
  hush: 2400,
  hushLevel: 0.4,
  drizzle: [
    { frequency: 280, q: 0.9, rate: 188, level: 0.06 },
    { frequency: 650, q: 1, rate: 2000, level: 0.05 },
    { frequency: 1500, q: 1.1, rate: 900, level: 0.13 },
    { frequency: 3200, q: 1.2, rate: 1900, level: 0.12 },
    { frequency: 7000, q: 1, rate: 1700, level: 0.08 },
  ],
  nearLevel: 0.1,
  near: 8,
  drop: onLeaves,
});

/** A drop on tight cloth close overhead: a small drum. */
const onCanvas = (random: () => number): Float32Array => {
  const drum = betweenRatio(random, 150, 420);
  const out = new Float32Array(5_000);
  const modes: Mode[] = [
    { frequency: drum, t60: between(random, 0.03, 0.07), gain: 1 },
    { frequency: drum * 1.59, t60: between(random, 0.02, 0.05), gain: 0.5 },
    { frequency: drum * 2.3, t60: 0.02, gain: 0.25 },
  ];
  out.set(strike(modes, between(random, 0.0008, 0.0024)).subarray(0, 5_000));
  scuff(out, random, { length: between(random, 0.003, 0.01), low: 900, high: 4_500, level: 0.3 });
  return out;
};

/** Rain on taut canvas overhead. */
export const rainTent = rainRecipe({
  hush: 1050,
  hushLevel: 0.511,
  drizzle: [
    { frequency: 190, q: 1.6, rate: 171, level: 0.0239 },
    { frequency: 320, q: 1.6, rate: 385, level: 0.101 },
    { frequency: 900, q: 1, rate: 2370, level: 0.035 },
    { frequency: 2600, q: 0.9, rate: 1500, level: 0.02 },
    { frequency: 5200, q: 0.9, rate: 778, level: 0.008 },
  ],
  nearLevel: 0.1,
  near: 2.5,
  drop: onCanvas,
});

/** A drop on sheet metal: four modes of the sheet, and the tick of the drop. */
const onTin = (random: () => number): Float32Array => {
  const sheet = betweenRatio(random, 0.85, 1.2);
  const out = new Float32Array(7_000);
  const modes: Mode[] = [
    { frequency: 410 * sheet, t60: between(random, 0.05, 0.1), gain: 0.8 },
    { frequency: 930 * sheet, t60: between(random, 0.04, 0.08), gain: 0.5 * random() },
    { frequency: 1_870 * sheet, t60: 0.05, gain: 0.4 * random() },
    { frequency: 3_420 * sheet, t60: 0.035, gain: 0.25 * random() },
  ];
  out.set(strike(modes, betweenRatio(random, 0.0002, 0.0012)).subarray(0, 7_000));
  scuff(out, random, { length: 0.004, low: 1_800, high: 8_000, level: 0.18 });
  return out;
};

/** Rain on a tin roof. */
export const rainTin = rainRecipe({
  hush: 1210,
  hushLevel: 0.339,
  drizzle: [
    { frequency: 240, q: 2, rate: 715, level: 0.024 },
    { frequency: 430, q: 4, rate: 701, level: 0.0347 },
    { frequency: 950, q: 6, rate: 754, level: 0.0351 },
    { frequency: 1900, q: 8, rate: 932, level: 0.0183 },
    { frequency: 3450, q: 8, rate: 1110, level: 0.00857 },
  ],
  nearLevel: 0.0576,
  near: 3.3,
  drop: onTin,
});
