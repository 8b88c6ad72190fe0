import { fft } from "../audio/fft.ts";

const hann = (n: number) => Float64Array.from({ length: n }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / n));

/** Power spectrum (bins 0 to n/2) of n real samples with a Hann window; n is a power of two. */
export const powerSpectrum = (samples: Float32Array): Float64Array => {
  const n = samples.length;
  const re = Float64Array.from(samples, (x, i) => x * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / n)));
  const im = new Float64Array(n);
  fft(re, im);
  return Float64Array.from({ length: n / 2 + 1 }, (_, k) => re[k]! ** 2 + im[k]! ** 2);
};

/** Spectra of two channels, summed over several looks; bins 0 to half the size of a look. */
export interface StereoSpectrum {
  readonly left: Float64Array;
  readonly right: Float64Array;
  /** The left channel's spectrum times the conjugate of the right one's. */
  readonly crossRe: Float64Array;
  readonly crossIm: Float64Array;
}

/**
 * Sums the spectra of looks at both channels, each of `size` samples, a power of two, under a Hann
 * window. The right channel goes through the transform as the imaginary part of the left: a bin and
 * its mirror hold the sum and the difference of both.
 * @returns the sums, and what adds the samples from an index on to them
 */
export const stereoSpectrum = (size: number) => {
  const window = hann(size);
  const [re, im] = [new Float64Array(size), new Float64Array(size)];
  const [left, right, crossRe, crossIm] = [0, 1, 2, 3].map(() => new Float64Array(size / 2 + 1)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const sums: StereoSpectrum = { left, right, crossRe, crossIm };
  const look = (samplesLeft: Float32Array, samplesRight: Float32Array, from: number): void => {
    for (let i = 0; i < size; i++) {
      re[i] = samplesLeft[from + i]! * window[i]!;
      im[i] = samplesRight[from + i]! * window[i]!;
    }
    fft(re, im);
    for (let k = 0; k <= size / 2; k++) {
      const mirrored = (size - k) & (size - 1);
      const [lRe, lIm] = [(re[k]! + re[mirrored]!) / 2, (im[k]! - im[mirrored]!) / 2];
      const [rRe, rIm] = [(im[k]! + im[mirrored]!) / 2, (re[mirrored]! - re[k]!) / 2];
      left[k] = left[k]! + lRe * lRe + lIm * lIm;
      right[k] = right[k]! + rRe * rRe + rIm * rIm;
      crossRe[k] = crossRe[k]! + lRe * rRe + lIm * rIm;
      crossIm[k] = crossIm[k]! + lIm * rRe - lRe * rIm;
    }
  };
  return { sums, look };
};
