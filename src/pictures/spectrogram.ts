import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import sharp from "sharp";
import { type Pcm, SAMPLE_RATE } from "../audio/format.ts";
import { powerSpectrum } from "../render/spectrum.ts";

const [WIDTH, HEIGHT] = [480, 160];
/** Samples that make a column. */
export const WINDOW = 2_048;
const [LOWEST, HIGHEST] = [50, 16_000];
/** dB from the darkest to the brightest. */
const RANGE = 60;

/** Black over violet and orange to cream; 0 to 1. */
const colour = (x: number): readonly [number, number, number] => [
  255 * Math.min(1, Math.max(0, 1.7 * x - 0.15)),
  255 * Math.min(1, Math.max(0, 1.9 * x - 0.85)),
  255 * Math.min(1, Math.max(0, x < 0.45 ? 1.1 * x : 0.5 - 1.1 * (x - 0.45) + Math.max(0, 4.2 * (x - 0.78)))),
];

/**
 * Draws a sound: time to the right, frequency upward by octaves (50 Hz to 16 kHz), each row as loud as its octave.
 * @param windowAt `WINDOW` samples at a place from 0 to 1
 * @returns a PNG
 */
export const spectrogram = (windowAt: (place: number) => Float32Array): Promise<Buffer> => {
  const rows = Array.from({ length: HEIGHT + 1 }, (_, y) => LOWEST * (HIGHEST / LOWEST) ** (y / HEIGHT));
  const levels = new Float64Array(WIDTH * HEIGHT);
  for (let x = 0; x < WIDTH; x++) {
    const power = powerSpectrum(windowAt(x / WIDTH));
    for (let y = 0; y < HEIGHT; y++) {
      const [low, high] = [(rows[y]! * WINDOW) / SAMPLE_RATE, (rows[y + 1]! * WINDOW) / SAMPLE_RATE];
      let sum = 0;
      for (let k = Math.floor(low); k <= Math.floor(high); k++) sum += power[k]!;
      levels[(HEIGHT - 1 - y) * WIDTH + x] =
        10 * Math.log10((sum / (Math.floor(high) - Math.floor(low) + 1)) * rows[y]! + 1e-12);
    }
  }
  const brightest = levels.reduce((most, level) => Math.max(most, level), Number.NEGATIVE_INFINITY);
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 3);
  for (const [index, level] of levels.entries()) {
    pixels.set(colour(Math.min(1, Math.max(0, 1 + (level - brightest) / RANGE))).map(Math.round), index * 3);
  }
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .png({ palette: true, colours: 48, compressionLevel: 9 })
    .toBuffer();
};

/** Draws a sound that is in memory into a file. */
export const drawSpectrogram = async ({ left, right }: Pcm, path: string): Promise<void> => {
  const both = left.map((sample, i) => sample + right[i]!);
  const png = await spectrogram((place) => {
    const from = Math.floor(place * (both.length - WINDOW));
    return both.subarray(from, from + WINDOW);
  });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, png);
};
