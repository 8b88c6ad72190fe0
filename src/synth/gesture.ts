import { SAMPLE_RATE } from "../audio/format.ts";
import type { Hertz } from "../kernel/units.ts";
import { bandPass } from "./filters.ts";

const STEP = 240;

/** Adds one sound to another, from a moment on in seconds; what reaches beyond the end is dropped. */
export const addAt = (out: Float32Array, part: Float32Array, at: number, gain = 1): void => {
  const from = Math.round(at * SAMPLE_RATE);
  const end = Math.min(out.length, from + part.length);
  for (let i = Math.max(0, from); i < end; i++) out[i] = out[i]! + gain * part[i - from]!;
};

/** A stretch of noise in a band that moves, such as a sheet drawn through the air; `shape` is asked every 5 ms. */
export const sweep = (
  random: () => number,
  seconds: number,
  shape: (share: number) => { readonly level: number; readonly frequency: Hertz; readonly q: number },
): Float32Array => {
  const out = new Float32Array(Math.ceil((seconds * SAMPLE_RATE) / STEP) * STEP);
  const band = bandPass(1_000, 1);
  let last = 0;
  for (let from = 0; from < out.length; from += STEP) {
    const { level, frequency, q } = shape(from / out.length);
    const block = out.subarray(from, from + STEP);
    for (let i = 0; i < STEP; i++) block[i] = 2 * random() - 1;
    band.tune(frequency, q);
    band(block);
    for (let i = 0; i < STEP; i++) block[i] = block[i]! * (last + ((level - last) * i) / STEP);
    last = level;
  }
  return out;
};

/** A hump from 0 over 1 back to 0, with its top at `top`. */
export const hump = (share: number, top = 0.5): number =>
  share <= 0 || share >= 1
    ? 0
    : share < top
      ? Math.sin((Math.PI / 2) * (share / top)) ** 2
      : Math.cos((Math.PI / 2) * ((share - top) / (1 - top))) ** 2;
