import { FRAME_SAMPLES, type Frame } from "./format.ts";

/** Multiplies the frame. */
export const multiply = ({ left, right }: Frame, gain: number): void => {
  if (gain === 1) return;
  for (let i = 0; i < FRAME_SAMPLES; i++) {
    left[i]! *= gain;
    right[i]! *= gain;
  }
};

/** Adds a frame to another. */
export const add = (sum: Frame, { left, right }: Frame): void => {
  for (let i = 0; i < FRAME_SAMPLES; i++) {
    sum.left[i]! += left[i]!;
    sum.right[i]! += right[i]!;
  }
};
