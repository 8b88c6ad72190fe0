import { FRAME_SAMPLES, type Frame } from "./format.ts";

/** Multiplies every sample of the frame by a linear gain. */
export const applyGain = ({ left, right }: Frame, gain: number): void => {
  if (gain === 1) return;
  for (let i = 0; i < FRAME_SAMPLES; i++) {
    left[i]! *= gain;
    right[i]! *= gain;
  }
};

/**
 * Adds a frame to another. Rounded at once, so that the compiler adds in 32 bits and the loop takes
 * half the time.
 */
export const addFrame = (sum: Frame, { left, right }: Frame): void => {
  const { left: sumLeft, right: sumRight } = sum;
  for (let i = 0; i < FRAME_SAMPLES; i++) {
    sumLeft[i] = Math.fround(sumLeft[i]! + left[i]!);
    sumRight[i] = Math.fround(sumRight[i]! + right[i]!);
  }
};
