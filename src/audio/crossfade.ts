import type { Frames } from "../kernel/units.ts";
import { FRAME_SAMPLES, type Frame } from "./format.ts";
import { applyGain } from "./gain.ts";

/**
 * One side of an equal-power crossfade. Its *power* follows a raised cosine, so that two sides
 * fading at the same time keep the total power of uncorrelated sounds constant, wherever each
 * began. A full fade's gain is a quarter of a sine.
 */
export interface CrossfadeSide {
  /** Multiplies the frame and moves on by one; allocates nothing. */
  apply(frame: Frame): void;
  /**
   * Multiplies the frame by the current gain without moving on, for frames before the current one.
   */
  applyWithoutAdvancing(frame: Frame): void;
  /**
   * Fades from the current gain; 0 frames switches at once, for what nobody hears. A fade under way
   * is never slowed down.
   */
  fade(to: "in" | "out", frames: Frames): void;
  /** Fully in or fully out. */
  isSettled(): boolean;
  /** Fully out. */
  isSilent(): boolean;
  /** Faded in, or on its way in. */
  isFadedIn(): boolean;
}

/** Creates a side that is fully out. */
export const createCrossfadeSide = (): CrossfadeSide => {
  let from = 0;
  let target: 0 | 1 = 0;
  let length: Frames = 0;
  let done: Frames = 0;
  const isSettled = () => done >= length;
  const power = () => (isSettled() ? target : from + (target - from) * Math.sin((Math.PI / 2) * (done / length)) ** 2);
  return {
    fade(to, frames) {
      const next = to === "in" ? 1 : 0;
      if (next === target && length - done <= frames) return;
      from = power();
      target = next;
      length = from === next ? 0 : Math.max(0, Math.round(frames));
      done = 0;
    },
    apply({ left, right }) {
      if (isSettled()) {
        if (target === 1) return;
        left.fill(0);
        right.fill(0);
        return;
      }
      // sin²(x) = (1 − cos 2x) / 2; the cosine goes on by rotation, since a call for each sample
      // costs too much.
      const angle = (Math.PI * done) / length;
      const step = Math.PI / (length * FRAME_SAMPLES);
      const [turnCos, turnSin] = [Math.cos(step), Math.sin(step)];
      const half = (target - from) / 2;
      let cos = Math.cos(angle);
      let sin = Math.sin(angle);
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        const next = cos * turnCos - sin * turnSin;
        sin = sin * turnCos + cos * turnSin;
        cos = next;
        const gain = Math.sqrt(Math.max(0, from + half * (1 - cos)));
        left[i]! *= gain;
        right[i]! *= gain;
      }
      done += 1;
    },
    applyWithoutAdvancing: (frame) => applyGain(frame, Math.sqrt(power())),
    isSettled,
    isSilent: () => isSettled() && target === 0,
    isFadedIn: () => target === 1,
  };
};
