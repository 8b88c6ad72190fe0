import type { Decibels } from "../kernel/units.ts";
import { gainOf } from "../kernel/units.ts";
import { FRAME_SAMPLES, type Frame } from "./format.ts";

/** How far the limiter looks ahead, and so how much later the sound leaves it: 5 ms. */
export const LIMITER_DELAY = 240;

/** Samples stay this much under the ceiling, for the peaks between them. */
const INTERSAMPLE_MARGIN: Decibels = -1;
/** The gain comes back by this share of what is missing in each sample: about 100 ms. */
const RELEASE = 1 - Math.exp(-1 / (0.1 * 48_000));

export interface Limiter {
  /** Limits in place; what leaves is `LIMITER_DELAY` samples older than what comes in. */
  apply(frame: Frame): void;
  reset(): void;
}

/**
 * A look-ahead peak limiter: the gain goes down on a straight line before the peak arrives, and comes back slowly.
 * @param ceiling in dBTP; nothing above it leaves
 */
export const createLimiter = (ceiling: Decibels): Limiter => {
  const limit = gainOf(ceiling + INTERSAMPLE_MARGIN);
  const pastLeft = new Float32Array(LIMITER_DELAY);
  const pastRight = new Float32Array(LIMITER_DELAY);
  const gains = new Float32Array(FRAME_SAMPLES + LIMITER_DELAY).fill(1);
  const line = new Float32Array(FRAME_SAMPLES + LIMITER_DELAY);
  let gain = 1;

  /** The gain each sample of the window may have, so that every peak ahead finds it low enough. */
  const plan = ({ left, right }: Frame): boolean => {
    let needed = gain < 1;
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      const peak = Math.max(Math.abs(left[i]!), Math.abs(right[i]!));
      const allowed = peak > limit ? limit / peak : 1;
      gains[LIMITER_DELAY + i] = allowed;
      if (allowed < 1) needed = true;
    }
    for (let i = 0; i < LIMITER_DELAY; i++) if (gains[i]! < 1) needed = true;
    return needed;
  };

  const shape = (frame: Frame) => {
    // Backwards: from each peak the gain may rise by no more than a straight line over the look-ahead.
    const rise = 1 / LIMITER_DELAY;
    let most = 1;
    for (let i = gains.length - 1; i >= 0; i--) {
      most = Math.min(gains[i]!, most + rise);
      line[i] = most;
    }
    const { left, right } = frame;
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      gain = Math.min(line[i]!, gain + (1 - gain) * RELEASE);
      left[i]! *= gain;
      right[i]! *= gain;
    }
    if (gain > 0.9999) gain = 1;
  };

  return {
    apply(frame) {
      const { left, right } = frame;
      const needed = plan(frame);
      // The frame becomes what is LIMITER_DELAY older; its tail waits for the next one.
      delay(left, pastLeft);
      delay(right, pastRight);
      if (needed) shape(frame);
      gains.copyWithin(0, FRAME_SAMPLES);
    },
    reset() {
      pastLeft.fill(0);
      pastRight.fill(0);
      gains.fill(1);
      gain = 1;
    },
  };
};

const delay = (samples: Float32Array, past: Float32Array) => {
  for (let i = 0; i < LIMITER_DELAY; i++) {
    const waiting = past[i]!;
    past[i] = samples[FRAME_SAMPLES - LIMITER_DELAY + i]!;
    // The rest moves back after the loop, so the old head is kept in `past` only.
    head[i] = waiting;
  }
  samples.copyWithin(LIMITER_DELAY, 0, FRAME_SAMPLES - LIMITER_DELAY);
  samples.set(head, 0);
};

/** Scratch of one thread: frames are limited one after the other. */
const head = new Float32Array(LIMITER_DELAY);
