import { type Decibels, decibelsOf } from "../kernel/units.ts";
import type { Pcm } from "./format.ts";

/**
 * Four-fold interpolator of BS.1770-4, annex 2: 12 taps a phase, the first tap for the newest
 * sample.
 */
const HALF_PHASES = [
  [
    0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625, 0.97216796875,
    -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125,
  ],
  [
    -0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625, 0.77978515625,
    -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375,
  ],
];
/**
 * The other two phases are these two backwards; each is a sum over the last twelve samples, the
 * newest first.
 */
export const FILTERS = [...HALF_PHASES, ...HALF_PHASES.map((taps) => taps.toReversed())].map((taps) =>
  Float64Array.from(taps),
);
/** Taps of each phase of the interpolator. */
export const TAPS = 12;
/** The tap of the sample after the interpolated place. */
const MIDDLE = TAPS / 2;
/** No interpolated value is larger than this times the largest sample around it. */
export const MAX_INTERPOLATION_GAIN = Math.max(
  ...FILTERS.map((taps) => taps.reduce((sum, tap) => sum + Math.abs(tap), 0)),
);
/** Of what is interpolated, this much at most comes from the two samples around it, and the rest from the others. */
const [NEAREST, OTHERS] = FILTERS.map((taps) => {
  const sizes = taps.map(Math.abs);
  const nearest = sizes[MIDDLE - 1]! + sizes[MIDDLE]!;
  return [nearest, sizes.reduce((sum, size) => sum + size, 0) - nearest] as const;
}).reduce(([a, b], [c, d]) => [Math.max(a, c), Math.max(b, d)] as const);
const BLOCK = 480;

const createChannelPeakMeter = () => {
  const [first, second, third, fourth] = FILTERS as [Float64Array, Float64Array, Float64Array, Float64Array];
  const history = new Float64Array(BLOCK + TAPS - 1);
  let peak = 0;
  const block = (samples: Float32Array) => {
    history.set(samples, TAPS - 1);
    const end = TAPS - 1 + samples.length;
    let most = 0;
    for (let i = 0; i < end; i++) {
      const size = Math.abs(history[i]!);
      if (size > most) most = size;
    }
    if (most > peak) peak = most;
    // Between samples that are small against the peak so far, there is nothing above it.
    const least = (peak - most * OTHERS) / NEAREST;
    let after = Math.abs(history[TAPS - 1 - MIDDLE]!);
    for (let i = TAPS - 1; i < end; i++) {
      const before = after;
      after = Math.abs(history[i - MIDDLE + 1]!);
      const nearest = before > after ? before : after;
      if (nearest < least) continue;
      let around = 0;
      for (let k = i - TAPS + 1; k <= i; k++) {
        const size = Math.abs(history[k]!);
        if (size > around) around = size;
      }
      if (nearest * NEAREST + around * OTHERS < peak) continue;
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let tap = 0; tap < TAPS; tap++) {
        const sample = history[i - tap]!;
        a += first[tap]! * sample;
        b += second[tap]! * sample;
        c += third[tap]! * sample;
        d += fourth[tap]! * sample;
      }
      peak = Math.max(peak, Math.abs(a), Math.abs(b), Math.abs(c), Math.abs(d));
    }
    history.copyWithin(0, samples.length, end);
  };
  return {
    push(samples: Float32Array) {
      for (let from = 0; from < samples.length; from += BLOCK) block(samples.subarray(from, from + BLOCK));
    },
    peak: () => peak,
  };
};

/**
 * Measures the true peak of a stream of stereo samples: what a converter would reach between them
 * (BS.1770-4, annex 2).
 */
export const createTruePeakMeter = () => {
  const [left, right] = [createChannelPeakMeter(), createChannelPeakMeter()];
  return {
    push(sound: Pcm): void {
      left.push(sound.left);
      right.push(sound.right);
    },
    /** In dBTP; −Infinity for silence. */
    peak: (): Decibels => decibelsOf(Math.max(left.peak(), right.peak())),
  };
};
