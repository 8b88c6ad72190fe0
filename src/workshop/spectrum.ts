import { fft } from "../audio/fft.ts";

/** Power spectrum of real samples, whose count is a power of two; a Hann window is applied. Bins 0 to n/2. */
export const powerSpectrum = (samples: Float32Array): Float64Array => {
  const n = samples.length;
  const re = Float64Array.from(samples, (x, i) => x * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / n)));
  const im = new Float64Array(n);
  fft(re, im);
  return Float64Array.from({ length: n / 2 + 1 }, (_, k) => re[k]! ** 2 + im[k]! ** 2);
};
