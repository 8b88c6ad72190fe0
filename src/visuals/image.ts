import { clamp } from "./numbers.ts";

/**
 * A square picture, row by row, red, green and blue from 0 to 1 as they are stored in files (sRGB).
 */
export interface Image {
  /** Pixels a side. */
  readonly size: number;
  readonly rgb: Float32Array;
}

/** A black square picture of `size` × `size` pixels in linear RGB. */
export const createImage = (size: number): Image => ({ size, rgb: new Float32Array(size * size * 3) });

/**
 * Colours each pixel.
 * @param shade is given the pixel's middle, −1 to 1 from left to right and from top to bottom, and
 * writes its colour
 */
export const paint = (
  { size, rgb }: Image,
  shade: (x: number, y: number, out: { r: number; g: number; b: number }) => void,
): void => {
  const out = { r: 0, g: 0, b: 0 };
  for (let row = 0, at = 0; row < size; row++) {
    const y = ((row + 0.5) / size) * 2 - 1;
    for (let column = 0; column < size; column++, at += 3) {
      shade(((column + 0.5) / size) * 2 - 1, y, out);
      rgb[at] = out.r;
      rgb[at + 1] = out.g;
      rgb[at + 2] = out.b;
    }
  }
};

/**
 * Ordered dither of 8 × 8 (Bayer 1973): it does not move, so that still areas cost nothing in a
 * file.
 */
const BAYER = (() => {
  const cells = new Float32Array(64);
  for (let y = 0; y < 8; y++)
    for (let x = 0; x < 8; x++) {
      let value = 0;
      for (let bit = 0; bit < 3; bit++) {
        const a = (x >> bit) & 1;
        const b = (y >> bit) & 1;
        value |= ((a ^ b) | (b << 1)) << (2 * (2 - bit));
      }
      cells[y * 8 + x] = (value & 63) / 64 - 0.5 + 1 / 128;
    }
  return cells;
})();

/** As bytes, dithered, so that dark gradients have no bands. */
export const toBytes = ({ size, rgb }: Image, bytes: Uint8Array): void => {
  for (let row = 0, at = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const dither = BAYER[(row & 7) * 8 + (column & 7)]!;
      for (let channel = 0; channel < 3; channel++, at++)
        bytes[at] = Math.round(clamp(rgb[at]! * 255 + dither, 0, 255));
    }
};
