import { type AudioNode, FRAME_SAMPLES } from "../../audio/format.ts";
import { prng } from "../../kernel/random.ts";
import { type Frames, framesIn, gainOf, seconds } from "../../kernel/units.ts";
import { addTo, ramp } from "../blocks.ts";
import { mix, mixRatio, smoothStep, wander } from "../curves.ts";
import { aroundTheHead } from "../ears.ts";
import { bandPass, highPass, lowPass, softLowPass } from "../filters.ts";
import { sum } from "../nodes.ts";
import { impulses, pareto, pink } from "../noise.ts";
import { between } from "../random.ts";
import { chosen, type Recipe, type RecipeRequest, wordsOf } from "../recipe.ts";

/** How the sea is: seconds from wave to wave, how high they are, and how bright the surf that never stops: small waves have small bubbles. */
const SEA = {
  slow: { every: 6.2, height: 1, surf: 1 },
  calm: { every: 8.5, height: 0.86, surf: 1.4 },
  rough: { every: 5.4, height: 0.92, surf: 1 },
} as const;
/** Where one lies: level and brightness of the far surf, and how much of the breaking waves' brightness comes through. */
const DISTANCE = {
  near: { surf: 0.45, hiss: 1, bright: 1.7 },
  far: { surf: 0.48, hiss: 1.5, bright: 1.4 },
} as const;

interface Wave {
  readonly at: Frames;
  /** 0.68 to 0.83, times that of the sea. */
  readonly height: number;
  /** −1 left to 1 right, where it breaks; it runs on along the shore. */
  readonly side: number;
}

const BUILD = 3.2;
const BREAK = 1.2;
const WASH = 7.5;
const LIFE = framesIn(seconds(BUILD + BREAK + WASH));
const VOICES = 3;

/** Waves at Rayleigh heights (Longuet-Higgins 1952), about one in 6.3 s, evenly over the loop. */
const swell = ({ seed, length, settings }: RecipeRequest): readonly Wave[] => {
  const random = prng(seed);
  const sea = chosen(settings, "sea", SEA);
  const count = Math.max(1, Math.round(length / framesIn(seconds(sea.every))));
  return Array.from({ length: count }, (_, index) => ({
    at: Math.round(((index + between(random, -0.15, 0.15)) / count) * length + length) % length,
    height: sea.height * Math.min(0.83, Math.max(0.68, 0.8 * Math.sqrt(-2 * Math.log(1 - random())) * 0.8)),
    side: between(random, -0.7, 0.7),
  })).sort((a, b) => a.at - b.at);
};

/** How loud and how bright a wave is at its age. */
const shape = (age: number, height: number) => {
  if (age < BUILD) {
    const t = age / BUILD;
    return { level: 0.16 * height * t * t, cutoff: mixRatio(320, 800, t), foam: 0 };
  }
  if (age < BUILD + BREAK) {
    const t = smoothStep(0, 1, (age - BUILD) / BREAK);
    return { level: height * mix(0.16, 1.2, t), cutoff: mixRatio(800, 2_600 + 3_900 * height, t), foam: t };
  }
  const t = Math.min(1, (age - BUILD - BREAK) / WASH);
  const fall = (1 - t) ** 1.3;
  return {
    level: height * 1.2 * fall,
    cutoff: mixRatio(2_600 + 3_900 * height, 750, Math.min(1, t * 1.4)),
    foam: (1 - t) ** 1.3 * smoothStep(0, 0.08, t) + fall * 0.3,
  };
};

/** One breaking wave at a time, with its own foam and gurgle in each ear. */
const voice = (seed: number, length: Frames, bright: number) => {
  const body = aroundTheHead(pink, seed);
  const ears = [0, 1].map((side) => ({
    low: lowPass(300, 0.6),
    rumble: highPass(120),
    foam: impulses(seed + 29 * side + 3, 1_300, (random) => pareto(random, 2.0, 8)),
    fizz: bandPass(2_100 + 500 * side, 0.3),
    // The lapping of water among itself, 1 to 4 Hz: backwash that meets what comes in.
    gurgle: [wander(seed + 41, 20, length), wander(seed + 47 * side, 9, length)] as const,
  }));
  const blocks = [new Float32Array(FRAME_SAMPLES), new Float32Array(FRAME_SAMPLES)] as const;
  let last = [0, 0];
  return (frame: Frames, wave: Wave | undefined, out: { left: Float32Array; right: Float32Array }) => {
    const age = wave === undefined ? 0 : (((frame - wave.at + length) % length) * 20) / 1_000;
    const { level, cutoff, foam } = wave === undefined ? { level: 0, cutoff: 300, foam: 0 } : shape(age, wave.height);
    const along = wave === undefined ? 0 : wave.side * (1 - age / 8);
    const now = ears.map((ear, side) => {
      const pan = Math.sqrt(0.5 * (1 + 0.75 * along * (side === 0 ? -1 : 1)));
      const lapping = 3.8 * ear.gurgle[0](frame) + 7.2 * ear.gurgle[1](frame);
      return level * pan * gainOf(lapping * Math.min(1, 0.25 + foam * 2));
    });
    body(...blocks);
    for (const [side, target] of [out.left, out.right].entries()) {
      const [ear, block] = [ears[side]!, blocks[side]!];
      ear.low.tune(cutoff * bright);
      ear.low(block);
      ear.rumble(block);
      ramp(block, last[side]!, now[side]!);
      addTo(target, block);
      if (foam === 0) continue;
      ear.foam(block);
      ear.fizz(block);
      addTo(target, block, 0.32 * foam * now[side]!);
    }
    last = now;
  };
};

const waves = (request: RecipeRequest): AudioNode => {
  const all = swell(request);
  const { bright } = chosen(request.settings, "distance", DISTANCE);
  const voices = Array.from({ length: VOICES }, (_, index) =>
    voice(request.seed + 1_000 * (index + 1), request.length, bright),
  );
  let frame = 0;
  return {
    render(out) {
      out.left.fill(0);
      out.right.fill(0);
      const at = frame++ % request.length;
      const rolling: (Wave | undefined)[] = voices.map(() => undefined);
      for (const [index, wave] of all.entries()) {
        const age = (at - wave.at + request.length) % request.length;
        if (age < LIFE) rolling[index % VOICES] = wave;
      }
      for (const [index, render] of voices.entries()) render(at, rolling[index], out);
      return "more";
    },
  };
};

/** The surf along the rest of the shore, which never stops. */
const farSurf = ({ seed, length, settings }: RecipeRequest): AudioNode => {
  const { surf, hiss } = chosen(settings, "distance", DISTANCE);
  const bright = hiss * chosen(settings, "sea", SEA).surf;
  const fill = aroundTheHead(pink, seed + 71);
  const ears = [0, 1].map((side) => ({
    low: softLowPass(520 * bright),
    lower: softLowPass(1_200 * bright),
    high: highPass(110),
    sway: wander(seed + 81 + side, 230, length),
  }));
  let frame = 0;
  return {
    render(out) {
      fill(out.left, out.right);
      for (const [side, channel] of [out.left, out.right].entries()) {
        const { low, lower, high, sway } = ears[side]!;
        low(channel);
        lower(channel);
        high(channel);
        ramp(channel, surf * gainOf(2 * sway(frame)), surf * gainOf(2 * sway(frame + 1)));
      }
      frame = (frame + 1) % length;
      return "more";
    },
  };
};

/** Surf: waves that build, break and run out over a distant rumble. */
export const ocean: Recipe = {
  version: 7,
  loudness: -30,
  onsetCap: 10.5,
  choices: { sea: wordsOf(SEA), distance: wordsOf(DISTANCE) },
  create: (request) => ({ bed: sum(farSurf(request), waves(request)) }),
};
