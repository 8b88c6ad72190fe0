import type { Decibels, Frames } from "../kernel/units.ts";
import { gainOf } from "../kernel/units.ts";
import { FRAME_SAMPLES, type Frame } from "./format.ts";
import { applyGain } from "./gain.ts";

/**
 * Where a ramp ends in silence, and begins out of it. A sleeper's sound lies at 40 to 55 dB(A) and steady noise is heard down to
 * about 8: lower, and the last part of a long fade is a silence that nobody asked for; higher, and its end is noticed.
 */
export const FLOOR: Decibels = -45;
export const SILENCE: Decibels = Number.NEGATIVE_INFINITY;

/** A gain that changes only on ramps: straight lines in decibels, which are heard as even. */
export interface Ramp {
  /** Goes from where it is to `level` within so many frames; 0 is at once, for what nobody hears. */
  to(level: Decibels, frames: Frames): void;
  /** Multiplies the frame and moves on by one; allocates nothing. */
  apply(frame: Frame): void;
  /** Multiplies the frame by the gain where it stands, and stays there: for what comes before. */
  applyWithoutAdvancing(frame: Frame): void;
  /** Moves on by a frame that nobody hears. */
  skip(): void;
  /** The level at the end of the last frame. */
  level(): Decibels;
  target(): Decibels;
  isSettled(): boolean;
  /** Has come to silence, and stays there. */
  isSilent(): boolean;
}

const gainAt = (level: Decibels) => (level <= FLOOR ? 0 : gainOf(level));

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

/** Turns the frame from one gain to the other, evenly in decibels; straight where one of them is silence. */
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
