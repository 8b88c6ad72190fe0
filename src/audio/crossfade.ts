import type { Frames } from "../kernel/units.ts";
import { FRAME_SAMPLES, type Frame } from "./format.ts";

/** One side of a crossfade: sine and cosine, so that the power of two unlike sounds stays the same. */
export interface Side {
  /** Multiplies the frame and moves on by one. */
  apply(frame: Frame): void;
  /** Turns round from where it is. */
  turn(to: "in" | "out", frames: Frames): void;
  /** Fully in or fully out. */
  settled(): boolean;
  silent(): boolean;
  /** Turned in, or on its way. */
  wanted(): boolean;
}

/** Begins as silent. */
export const createSide = (): Side => {
  /** 0 is silent, 1 is heard. */
  let place = 0;
  let target = 0;
  let step = 0;
  return {
    turn(to, frames) {
      target = to === "in" ? 1 : 0;
      step = 1 / Math.max(1, frames);
    },
    apply({ left, right }) {
      const before = Math.sin((place * Math.PI) / 2);
      place = target > place ? Math.min(target, place + step) : Math.max(target, place - step);
      const after = Math.sin((place * Math.PI) / 2);
      if (before === 1 && after === 1) return;
      const slope = (after - before) / FRAME_SAMPLES;
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        const gain = before + slope * (i + 1);
        left[i]! *= gain;
        right[i]! *= gain;
      }
    },
    settled: () => place === target,
    silent: () => place === 0 && target === 0,
    wanted: () => target === 1,
  };
};
