import type { Decibels, Frames } from "../kernel/units.ts";
import { gainOf } from "../kernel/units.ts";
import { FRAME_SAMPLES, type Frame } from "./format.ts";
import { applyGain } from "./gain.ts";

/**
 * The level below which a ramp is silence. Sleep sounds play at 40 to 55 dB(A), and steady noise is
 * audible down to about 8: with a lower floor the last part of a long fade would be silent already;
 * with a higher one its end would be noticed.
 */
export const FLOOR: Decibels = -45;
/** The level of silence, in decibels. */
export const SILENCE: Decibels = Number.NEGATIVE_INFINITY;

/** A gain that changes only on ramps: straight lines in decibels, which sound even. */
export interface Ramp {
  /**
   * Moves from the current level to `level` within so many frames; 0 switches at once, for what
   * nobody hears.
   */
  to(level: Decibels, frames: Frames): void;
  /** Multiplies the frame and moves on by one; allocates nothing. */
  apply(frame: Frame): void;
  /**
   * Multiplies the frame by the current gain without moving on, for frames before the current one.
   */
  applyWithoutAdvancing(frame: Frame): void;
  /** Moves on by a frame that nobody hears. */
  skip(): void;
  /** The level at the end of the last frame. */
  level(): Decibels;
  target(): Decibels;
  isSettled(): boolean;
  /** Whether it has settled at silence. */
  isSilent(): boolean;
}

const gainAt = (level: Decibels) => (level <= FLOOR ? 0 : gainOf(level));

/** Creates a ramp that stands at `start`. */
export const createRamp = (start: Decibels = 0): Ramp => {
  let from = start;
  let target = start;
  let length: Frames = 0;
  let done: Frames = 0;
  const isSettled = () => done >= length;
  const level = (): Decibels => {
    if (isSettled()) return target;
    const low = Math.max(FLOOR, from);
    return low + ((Math.max(FLOOR, target) - low) * done) / length;
  };
  const skip = () => {
    if (done < length) done += 1;
  };
  return {
    to(next, frames) {
      from = level();
      target = next;
      length = from === next ? 0 : Math.max(0, Math.round(frames));
      done = 0;
    },
    apply(frame) {
      const before = gainAt(level());
      skip();
      applyGainSweep(frame, before, gainAt(level()));
    },
    applyWithoutAdvancing: (frame) => applyGain(frame, gainAt(level())),
    skip,
    level,
    target: () => target,
    isSettled,
    isSilent: () => isSettled() && target <= FLOOR,
  };
};

/**
 * Sweeps the frame from one linear gain to another: evenly in decibels, or linearly where one of
 * them is 0.
 */
export const applyGainSweep = ({ left, right }: Frame, from: number, to: number): void => {
  if (from === to) {
    applyGain({ left, right }, from);
    return;
  }
  const even = from > 0 && to > 0;
  const factor = even ? (to / from) ** (1 / FRAME_SAMPLES) : 1;
  const step = even ? 0 : (to - from) / FRAME_SAMPLES;
  let gain = from;
  for (let i = 0; i < FRAME_SAMPLES; i++) {
    gain = gain * factor + step;
    left[i]! *= gain;
    right[i]! *= gain;
  }
};
