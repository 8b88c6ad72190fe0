import { fft } from "./fft.ts";

const WINDOW = 8_192;
const RATE = 48_000;

/** Power in third octaves from 25 Hz on, in dB, averaged over Hann windows (Welch). */
export const powerSpectrum = (left: Float32Array, right: Float32Array): { hertz: number; db: number }[] => {
  const power = new Float64Array(WINDOW / 2);
  let windows = 0;
  for (let start = 0; start + WINDOW <= left.length; start += WINDOW / 2, windows++) {
    const re = Float64Array.from({ length: WINDOW }, (_, i) => {
      const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / WINDOW);
      return hann * 0.5 * (left[start + i]! + right[start + i]!);
    });
    const im = new Float64Array(WINDOW);
    fft(re, im);
    for (let bin = 0; bin < WINDOW / 2; bin++) power[bin]! += re[bin]! ** 2 + im[bin]! ** 2;
  }
  return Array.from({ length: 30 }, (_, third) => {
    const hertz = 25 * 2 ** (third / 3);
    const binOf = (frequency: number) => Math.round((frequency * WINDOW) / RATE);
    const [low, high] = [binOf(hertz * 2 ** (-1 / 6)), binOf(hertz * 2 ** (1 / 6))];
    let sum = 0;
    for (let bin = low; bin <= Math.max(low, high - 1) && bin < WINDOW / 2; bin++) sum += power[bin]!;
    return { hertz, db: 10 * Math.log10(sum / Math.max(1, windows) / WINDOW ** 2) };
  });
};
