import { FRAME_SAMPLES } from "./format.ts";
import { FILTERS, MAX_INTERPOLATION_GAIN, TAPS } from "./truePeak.ts";

/** Samples that are looked at together: where all are low, what lies between them is, too. */
const BLOCK = 24;

/** True peaks of one channel where they lie, a frame at a time (BS.1770-4, annex 2). */
export interface PeakFinder {
  /**
   * Raises `peaks[i]` to the largest value in, or between, the `TAPS` samples that end with sample
   * `i`; stretches that cannot reach `above` are left out. Allocates nothing.
   * @returns false when nothing can
   */
  find(samples: Float32Array, above: number, peaks: Float32Array): boolean;
  reset(): void;
}

/** Creates a finder for one channel, with silence before the first frame. */
export const createPeakFinder = (): PeakFinder => {
  const before = TAPS - 1;
  const line = new Float64Array(before + FRAME_SAMPLES);

  let level = 0;
  const reaches = (from: number, to: number): boolean => {
    for (let i = from; i < to; i++) if (Math.abs(line[i]!) > level) return true;
    return false;
  };

  /**
   * One function with every sum written out: what is called for each sample costs more, and puts
   * its result on the heap.
   */
  const raise = (from: number, to: number, peaks: Float32Array): void => {
    for (let i = from; i < to; i++) {
      const at = before + i;
      let most = Math.abs(line[at]!);
      for (let phase = 0; phase < FILTERS.length; phase++) {
        const taps = FILTERS[phase]!;
        const value = Math.abs(
          taps[0]! * line[at]! +
            taps[1]! * line[at - 1]! +
            taps[2]! * line[at - 2]! +
            taps[3]! * line[at - 3]! +
            taps[4]! * line[at - 4]! +
            taps[5]! * line[at - 5]! +
            taps[6]! * line[at - 6]! +
            taps[7]! * line[at - 7]! +
            taps[8]! * line[at - 8]! +
            taps[9]! * line[at - 9]! +
            taps[10]! * line[at - 10]! +
            taps[11]! * line[at - 11]!,
        );
        if (value > most) most = value;
      }
      if (most > peaks[i]!) peaks[i] = most;
    }
  };

  return {
    find(samples, above, peaks) {
      line.set(samples, before);
      level = above / MAX_INTERPOLATION_GAIN;
      let found = false;
      for (let from = 0; from < FRAME_SAMPLES; from += BLOCK) {
        if (!reaches(from, from + before + BLOCK)) continue;
        raise(from, from + BLOCK, peaks);
        found = true;
      }
      line.copyWithin(0, FRAME_SAMPLES);
      return found;
    },
    reset: () => void line.fill(0),
  };
};
