import type { Decibels, Frames } from "../kernel/units.ts";
import { gainOf } from "../kernel/units.ts";
import { FRAME_SAMPLES, type Frame } from "./format.ts";

/** Below this a ramp ends in silence: 50 dB under a sound of −30 LUFS nothing is left to hear. */
export const FLOOR: Decibels = -50;
export const SILENCE: Decibels = Number.NEGATIVE_INFINITY;

/** A gain that changes only on ramps: straight lines in decibels, which are heard as even. */
export interface Ramp {
  /** Goes from where it is to `level` within so many frames, one at the least. */
  to(level: Decibels, frames: Frames): void;
  /** Multiplies the frame and moves on by one. */
  apply(frame: Frame): void;
  /** The level at the end of the last frame. */
  level(): Decibels;
  target(): Decibels;
  settled(): boolean;
}

const gainAt = (level: Decibels) => (level <= FLOOR ? 0 : gainOf(level));

export const createRamp = (start: Decibels): Ramp => {
  let level = start;
  let target = start;
  let step: Decibels = 0;
  let left: Frames = 0;
  return {
    to(next, frames) {
      target = next;
      left = Math.max(1, Math.round(frames));
      step = (Math.max(FLOOR, next) - Math.max(FLOOR, level)) / left;
    },
    apply({ left: l, right: r }) {
      const from = gainAt(level);
      if (left > 0) {
        left -= 1;
        level = left === 0 ? target : Math.max(FLOOR, level) + step;
      }
      const to = gainAt(level);
      if (from === to) {
        if (from === 1) return;
        for (let i = 0; i < FRAME_SAMPLES; i++) {
          l[i]! *= from;
          r[i]! *= from;
        }
        return;
      }
      // Within 20 ms a straight line in amplitude is as good as one in decibels, and it reaches 0.
      const slope = (to - from) / FRAME_SAMPLES;
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        const gain = from + slope * (i + 1);
        l[i]! *= gain;
        r[i]! *= gain;
      }
    },
    level: () => level,
    target: () => target,
    settled: () => left === 0,
  };
};
