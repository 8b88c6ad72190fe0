import { FRAME_SAMPLES } from "./format.ts";
import { FILTERS, OVERSHOOT, TAPS } from "./truePeak.ts";

/** Samples that are looked at together: where all are low, what lies between them is, too. */
const BLOCK = 80;

/** True peaks of one channel where they lie, a frame at a time (BS.1770-4, annex 2). */
export interface PeakFinder {
  /**
   * Raises `peaks[i]` to the largest value in, or between, the `TAPS` samples that end with sample `i`; stretches that
   * cannot reach `above` are left out. Allocates nothing.
   * @returns the largest value it has found, 0 when nothing can reach `above`
   */
  find(samples: Float32Array, above: number, peaks: Float32Array): number;
  reset(): void;
}

export const createPeakFinder = (): PeakFinder => {
  const before = TAPS - 1;
  const line = new Float32Array(before + FRAME_SAMPLES);

  const largest = (from: number, to: number) => {
    let most = 0;
    for (let i = from; i < to; i++) {
      const size = Math.abs(line[i]!);
      if (size > most) most = size;
    }
    return most;
  };

  const between = (at: number) => {
    let most = Math.abs(line[at]!);
    for (let phase = 0; phase < FILTERS.length; phase++) {
      const taps = FILTERS[phase]!;
      let sum = 0;
      for (let tap = 0; tap < TAPS; tap++) sum += taps[tap]! * line[at - tap]!;
      const size = Math.abs(sum);
      if (size > most) most = size;
    }
    return most;
  };

  return {
    find(samples, above, peaks) {
      line.set(samples, before);
      let most = 0;
      for (let from = 0; from < FRAME_SAMPLES; from += BLOCK) {
        if (largest(from, from + before + BLOCK) * OVERSHOOT <= above) continue;
        for (let i = from; i < from + BLOCK; i++) {
          const peak = between(before + i);
          if (peak > peaks[i]!) peaks[i] = peak;
          if (peak > most) most = peak;
        }
      }
      line.copyWithin(0, FRAME_SAMPLES);
      return most;
    },
    reset: () => void line.fill(0),
  };
};
