import { type AudioNode, FRAME_SAMPLES } from "../../audio/format.ts";
import { createHeadModel } from "../../audio/headModel.ts";
import { prng } from "../../kernel/random.ts";
import { type Frames, millisIn } from "../../kernel/units.ts";
import { ramp } from "../blocks.ts";
import { mixRatio, wander } from "../curves.ts";
import { bandPass, highPass, lowPass } from "../filters.ts";
import { sum } from "../nodes.ts";
import { impulses, pareto, pink } from "../noise.ts";
import { between } from "../random.ts";
import { chosen, type Recipe, type RecipeRequest, wordsOf } from "../recipe.ts";
import { roomTone } from "../roomTone.ts";

/** One movement of the hand along a path about the head. */
export interface Stroke {
  /** Seconds. */
  readonly at: number;
  readonly length: number;
  /** Radians from ahead, at its beginning and its end. */
  readonly from: number;
  readonly to: number;
  readonly effort: number;
}

/** A thing of many bristles, as it is drawn over something soft. */
export interface Bristles {
  /** Cutoff of the hush at rest and at full speed. */
  readonly slow: number;
  readonly fast: number;
  readonly hush: number;
  /** Bristles that catch a second, at full speed; where and how narrowly they sound, and how loud. */
  readonly rate: number;
  readonly catch: number;
  readonly catchQ: number;
  readonly grain: number;
  readonly highPass: number;
  /** Metres from the head's middle. */
  readonly distance: number;
}

/** Strokes one after another, each with its speed: quick in the middle, light at the ends. */
export const stroking = (
  { seed, length }: { readonly seed: number; readonly length: Frames },
  strokes: readonly Stroke[],
  bristles: Bristles,
): AudioNode => {
  const total = millisIn(length) / 1_000;
  const hush = pink(seed);
  const low = lowPass(bristles.slow, 0.6);
  const high = highPass(bristles.highPass);
  const grains = impulses(seed + 1, bristles.rate, (random) => pareto(random, 2.4, 4));
  const [catches, brighter] = [
    bandPass(bristles.catch, bristles.catchQ),
    bandPass(bristles.catch * 1.9, bristles.catchQ),
  ];
  const sway = wander(seed + 2, 9, length);
  const place = createHeadModel();
  const [block, grain, second] = [0, 1, 2].map(() => new Float32Array(FRAME_SAMPLES)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  let frame = 0;
  let index = 0;
  let last = 0;
  return {
    render(out) {
      out.left.fill(0);
      out.right.fill(0);
      const now = (frame % length) * 0.02;
      if (frame % length === 0) index = 0;
      while (index < strokes.length - 1 && strokes[index]!.at + strokes[index]!.length < now) index += 1;
      const stroke = strokes[index]!;
      const t = Math.min(1, Math.max(0, ((now - stroke.at + total) % total) / stroke.length));
      const moving = now >= stroke.at && t < 1;
      const speed = moving ? Math.sin(Math.PI * t) ** 0.8 : 0;
      const pressure = stroke.effort * (1 + 0.15 * sway(frame));
      const level = speed * pressure;
      hush(block);
      low.tune(mixRatio(bristles.slow, bristles.fast, speed));
      low(block);
      grains(grain);
      second.set(grain);
      catches(grain);
      brighter(second);
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        block[i] = bristles.hush * block[i]! + bristles.grain * speed * (grain[i]! + 0.6 * second[i]!);
      }
      high(block);
      ramp(block, last, level);
      last = level;
      // The hand does not jump while it is lifted: it goes on slowly along the way it will come back.
      place(block, out, stroke.from + (stroke.to - stroke.from) * t, bristles.distance);
      frame += 1;
      return "more";
    },
  };
};

/** What brush it is: brightness of its hush, how many bristles catch, and how loud they are. */
const BRUSHES = {
  makeup: { bright: 1, rate: 1, grain: 1 },
  feather: { bright: 1.03, rate: 0.5, grain: 0.6 },
  stiff: { bright: 1.15, rate: 0.8, grain: 1.6 },
} as const;
const PACE = { easy: 1, slow: 1.6 } as const;

/** From ear to ear and back, with a short breath between. */
const earToEar = ({ seed, length, settings }: RecipeRequest, span: number): readonly Stroke[] => {
  const slow = chosen(settings, "pace", PACE);
  const random = prng(seed);
  const total = millisIn(length) / 1_000;
  const strokes: Stroke[] = [];
  let side: 1 | -1 = 1;
  let stayed = false;
  for (let at = 0.1; at < total - 1.8 * slow; ) {
    // Some strokes are short ones at one ear, never two in a row.
    const stays: boolean = !stayed && random() < 0.3;
    stayed = stays;
    const one = slow * between(random, 0.9, 1.5) * (stays ? 0.7 : 1);
    strokes.push({
      at,
      length: one,
      from: -side * span,
      to: stays ? -side * span * 0.5 : side * span,
      effort: between(random, 0.88, 1.04),
    });
    at += one + between(random, 0.05, 0.22);
    if (!stays) side = side === 1 ? -1 : 1;
  }
  return strokes;
};

/** A make-up brush on the microphone, stroke after stroke, from ear to ear. */
export const brushEars: Recipe = {
  version: 3,
  loudness: -30,
  onsetCap: 10.5,
  choices: { brush: wordsOf(BRUSHES), pace: wordsOf(PACE) },
  create(request) {
    const brush = chosen(request.settings, "brush", BRUSHES);
    const strokes = earToEar(request, 1.35);
    const bristles: Bristles = {
      slow: 900 * brush.bright,
      fast: 3_600 * brush.bright,
      hush: 0.5,
      rate: 900 * brush.rate,
      catch: 1_900,
      catchQ: 1.4,
      grain: 0.34 * brush.grain,
      highPass: 260,
      distance: 0.18,
    };
    return { bed: sum(stroking(request, strokes, bristles), roomTone(request.seed + 9, 0.012)) };
  },
};
