import type { Decibels } from "../kernel/units.ts";
import { gainOf } from "../kernel/units.ts";
import { FRAME_SAMPLES, type Frame } from "./format.ts";
import { createPeakFinder } from "./peakFinder.ts";
import { TAPS } from "./truePeak.ts";

/** How far the limiter looks ahead, and so how much later the sound leaves it: 5 ms. */
export const LIMITER_DELAY = 240;

/**
 * Samples over which the gain comes down; the rest of the look-ahead is what a peak between samples
 * is made of.
 */
const ATTACK = LIMITER_DELAY - TAPS + 1;
/** A peak holds the gain down until its last sample has left. */
const HOLD = LIMITER_DELAY + 1;
/** The gain comes back by this share of what is missing in each sample: about 100 ms. */
const RELEASE = 1 - Math.exp(-1 / (0.1 * 48_000));
/**
 * Where it limits, it goes this much lower, since a gain that moves also moves what lies between
 * the samples.
 */
const MARGIN: Decibels = -0.15;

/** A look-ahead true-peak limiter. */
export interface Limiter {
  /**
   * Limits in place; what leaves is `LIMITER_DELAY` samples older than what comes in. Allocates
   * nothing.
   */
  apply(frame: Frame): void;
  /** Whether what it holds leaves unchanged. */
  isIdle(): boolean;
  reset(): void;
}

/**
 * A look-ahead true-peak limiter. The gain is the least that any peak within reach needs, averaged
 * over the attack: it has come down when the peak leaves, and never makes a step. Below the ceiling
 * nothing is changed.
 * @param ceiling in dBTP, measured as BS.1770-4 does; nothing above it leaves
 */
export const createLimiter = (ceiling: Decibels): Limiter => {
  const most = gainOf(ceiling);
  const aim = gainOf(ceiling + MARGIN);
  const [peaksLeft, peaksRight] = [createPeakFinder(), createPeakFinder()];
  const peaks = new Float32Array(FRAME_SAMPLES);
  const past: Frame = { left: new Float32Array(LIMITER_DELAY), right: new Float32Array(LIMITER_DELAY) };
  const head = new Float32Array(LIMITER_DELAY);
  /** Peaks within reach that need less than every later one, oldest first, in a ring. */
  const wantedAt = new Float64Array(HOLD);
  const wantedGain = new Float64Array(HOLD);
  let first = 0;
  let count = 0;
  /** The last gains before they are averaged, in a ring, and their sum. */
  const recent = new Float64Array(ATTACK).fill(1);
  let slot = 0;
  let sum = ATTACK;
  let gain = 1;
  /** Samples since the last gain that was not 1. */
  let unity = ATTACK;
  let now = 0;

  const delay = (samples: Float32Array, waiting: Float32Array) => {
    head.set(waiting);
    for (let i = 0; i < LIMITER_DELAY; i++) waiting[i] = samples[FRAME_SAMPLES - LIMITER_DELAY + i]!;
    samples.copyWithin(LIMITER_DELAY, 0, FRAME_SAMPLES - LIMITER_DELAY);
    samples.set(head);
  };

  /**
   * Keeps, of the peaks of the last `HOLD` samples, those that matter: the first of them needs the
   * least gain.
   */
  const remember = (i: number): void => {
    const time = now + i;
    if (count > 0 && wantedAt[first]! <= time - HOLD) {
      first = (first + 1) % HOLD;
      count -= 1;
    }
    if (peaks[i]! <= most) return;
    const needs = aim / peaks[i]!;
    while (count > 0 && wantedGain[(first + count - 1) % HOLD]! >= needs) count -= 1;
    const last = (first + count) % HOLD;
    wantedAt[last] = time;
    wantedGain[last] = needs;
    count += 1;
  };

  const isIdle = () => count === 0 && unity >= ATTACK;

  return {
    apply(frame) {
      const { left, right } = frame;
      peaks.fill(0);
      const inLeft = peaksLeft.find(left, most, peaks);
      const mayBeLoud = peaksRight.find(right, most, peaks) || inLeft;
      delay(left, past.left);
      delay(right, past.right);
      if (!mayBeLoud && isIdle()) return;
      // Locals, since a number that is kept for longer is put on the heap each time it changes.
      let level = gain;
      let total = sum;
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        remember(i);
        level = Math.min(count > 0 ? wantedGain[first]! : 1, level + (1 - level) * RELEASE);
        if (level > 0.999_99) level = 1;
        total += level - recent[slot]!;
        recent[slot] = level;
        slot = slot + 1 === ATTACK ? 0 : slot + 1;
        unity = level === 1 ? unity + 1 : 0;
        if (unity >= ATTACK) {
          total = ATTACK;
          continue;
        }
        const mean = total / ATTACK;
        left[i]! *= mean;
        right[i]! *= mean;
      }
      gain = level;
      sum = total;
      now += FRAME_SAMPLES;
    },
    isIdle,
    reset() {
      past.left.fill(0);
      past.right.fill(0);
      peaksLeft.reset();
      peaksRight.reset();
      recent.fill(1);
      first = count = slot = 0;
      sum = unity = ATTACK;
      gain = 1;
    },
  };
};
