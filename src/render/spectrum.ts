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

/**
 * Sums the power spectra of looks at both channels, each of `size` samples, a power of two, under a
 * Hann window. The right channel goes through the transform as the imaginary part of the left: the
 * powers of a bin and of its mirror are together twice what both have.
 * @returns adds the samples from an index on to the sum, bins 0 to size/2
 */
export const stereoPower = (size: number, sum: Float64Array) => {
  const window = hann(size);
  const [re, im] = [new Float64Array(size), new Float64Array(size)];
  return (left: Float32Array, right: Float32Array, from: number): void => {
    for (let i = 0; i < size; i++) {
      re[i] = left[from + i]! * window[i]!;
      im[i] = right[from + i]! * window[i]!;
    }
    fft(re, im);
    for (let k = 0; k <= size / 2; k++) {
      const mirrored = (size - k) % size;
      sum[k] = sum[k]! + (re[k]! ** 2 + im[k]! ** 2 + re[mirrored]! ** 2 + im[mirrored]! ** 2) / 2;
    }
  };
};
