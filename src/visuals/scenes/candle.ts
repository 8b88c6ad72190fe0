import { createImage, paint } from "../image.ts";
import { createNoise } from "../noise.ts";
import { bell, clamp, mix, smooth } from "../numbers.ts";
import type { Scene } from "../scene.ts";

const WICK = { x: 0, foot: 0.3, tip: 0.19 };
const FLAME = 0.56;
const BODY = { half: 0.25, top: 0.34 };
const TABLE = 0.86;

/** How wide a flame is at a height from 0 to 1. */
const width = (h: number): number => 0.118 * Math.sin(Math.PI * clamp(h) ** 0.62) ** 0.82 * (1.1 - 0.5 * h);

/** A candle in a still room: the flame leans and stretches, and the wax glows with it. */
export const candle: Scene = ({ size, frames, seed }) => {
  const image = createImage(size);
  const noise = createNoise(seed);
  return (frame) => {
    const phase = frame / frames;
    const lean = 0.05 * noise.loop(0.5, 0.5, phase * 7, 7) + 0.03 * noise.loop(3.5, 0.5, phase * 11, 11);
    const height = FLAME * (1 + 0.07 * noise.loop(7.5, 2.5, phase * 8, 8));
    const strength = 1 + 0.05 * noise.loop(9.5, 4.5, phase * 6, 6);
    const heart = WICK.tip - height * 0.3;
    paint(image, (x, y, out) => {
      // Halo and the room.
      const away = Math.hypot(x - lean * 0.4, (y - heart) * 0.86);
      const halo = strength * (0.34 * bell(away, 0.3) + 0.17 * bell(away, 0.72));
      let r = 0.018 + 0.5 * halo;
      let g = 0.014 + 0.25 * halo;
      let b = 0.02 + 0.085 * halo;

      // The table, and the light that lies on it.
      if (y > TABLE - 0.05) {
        const table = smooth(TABLE - 0.012, TABLE, y);
        const pool = strength * bell(x, 0.62) * smooth(1.3, TABLE, y);
        const shine = 0.9 + 0.2 * noise.plane(x * 3, y * 40);
        r = mix(r, 0.02 + 0.2 * pool * shine, table);
        g = mix(g, 0.014 + 0.1 * pool * shine, table);
        b = mix(b, 0.014 + 0.045 * pool * shine, table);
      }

      // The wax: a cylinder that lets light through, brightest below the flame.
      const edge = BODY.half;
      const rimTop = BODY.top - 0.028 * Math.sqrt(Math.max(0, 1 - (x / edge) ** 2)) + 0.012 * noise.plane(x * 6, 1.5);
      const foot = TABLE + 0.05 * Math.sqrt(Math.max(0, 1 - (x / edge) ** 2));
      const body =
        smooth(edge + 0.006, edge - 0.006, Math.abs(x)) *
        smooth(rimTop - 0.008, rimTop + 0.008, y) *
        smooth(foot + 0.008, foot - 0.008, y);
      if (body > 0) {
        const depth = y - BODY.top;
        const round = Math.sqrt(Math.max(0, 1 - (x / edge) ** 2));
        const through =
          strength * (0.66 * Math.exp(-depth * 4.6) + 0.1 * Math.exp(-depth * 1.3)) * (0.45 + 0.55 * round);
        const drip = 1 + 0.1 * noise.plane(x * 9, y * 1.4);
        r = mix(r, 0.035 + 0.92 * through * drip, body);
        g = mix(g, 0.026 + 0.56 * through * drip, body);
        b = mix(b, 0.024 + 0.27 * through * drip, body);
      }
      // The melted pool: a bright ellipse.
      const pool = Math.hypot(x / (edge * 0.94), (y - BODY.top) / 0.03);
      const wet = smooth(1.06, 0.9, pool);
      if (wet > 0) {
        const near = strength * (0.5 + 0.5 * bell(x, 0.13));
        r = mix(r, 0.86 * near, wet);
        g = mix(g, 0.55 * near, wet);
        b = mix(b, 0.26 * near, wet);
      }

      // The flame; it leans more the higher it is.
      const h = (WICK.tip + 0.075 - y) / height;
      if (h > -0.1 && h < 1.1) {
        const middle = lean * h * h * 1.9 + 0.014 * h * noise.loop(h * 1.6 - phase * 0, 6.5, phase * 9, 9);
        const distance = Math.abs(x - middle);
        const w = Math.max(1e-4, width(h));
        const outer = smooth(1.12, 0.55, distance / w) * smooth(-0.01, 0.04, h) * smooth(1.02, 0.93, h);
        const inner = smooth(0.92, 0.1, distance / w);
        const dark = bell(h - 0.13, 0.15) * bell(distance, 0.045);
        const blue = smooth(0.24, 0.02, h) * outer;
        const warm = outer * smooth(0.0, 0.3, h);
        const glow = warm * (0.62 + 0.38 * inner) * strength;
        r = mix(r, mix(0.86, 1, inner) * (1 - 0.42 * dark), glow * 0.97);
        g = mix(g, mix(0.43, 0.86, inner * smooth(1.05, 0.5, h)) * (1 - 0.5 * dark), glow * 0.97);
        b = mix(b, mix(0.09, 0.5, inner * inner * smooth(0.95, 0.4, h)) * (1 - 0.4 * dark), glow * 0.97);
        r += 0.05 * blue;
        g += 0.09 * blue;
        b += 0.3 * blue * (1 - inner * 0.4);
      }

      // The wick: dark, with an ember where it bends.
      const along = clamp((WICK.foot - y) / (WICK.foot - WICK.tip));
      const bend = 0.022 * along * along;
      const wick =
        smooth(0.014, 0.007, Math.abs(x - bend)) *
        smooth(WICK.tip - 0.01, WICK.tip, y) *
        smooth(BODY.top, WICK.foot, y);
      r = mix(r, 0.05 + 0.75 * bell(along - 1, 0.3), wick);
      g = mix(g, 0.025 + 0.2 * bell(along - 1, 0.3), wick);
      b = mix(b, 0.02, wick);
      out.r = r;
      out.g = g;
      out.b = b;
    });
    return image;
  };
};
