import { createImage, paint } from "../image.ts";
import { createNoise, layered } from "../noise.ts";
import { bell, clamp, mix, smooth, wrap } from "../numbers.ts";
import type { Scene } from "../scene.ts";

/** Furrows a unit of height; the rake has a tine for each. */
const FURROWS = 9;
/** Half of the rake's width; the furrows beyond it lie still. */
const RAKE = 0.58;
const MIDDLE = 0.2;
/** Where the rake is at the beginning and at the end, tines and shaft beyond the edges. */
const START = -2.05;
const END = 1.06;
const SHAFT = 0.9;
const STONE = { x: 0.42, y: -0.66, rx: 0.2, ry: 0.145 };

/** The path of the rake, left to right. */
const path = (x: number): number => MIDDLE + 0.09 * Math.sin(x * 2.4 + 0.6);

/** A rake draws furrows into sand around a stone; they sink back slowly before it returns. */
export const sandRaked: Scene = ({ size, frames, seed }) => {
  const image = createImage(size);
  const noise = createNoise(seed);
  const pixel = 2 / size;
  const stone = (x: number, y: number): number =>
    Math.hypot((x - STONE.x) / STONE.rx, (y - STONE.y) / STONE.ry) + 0.07 * noise.plane(x * 5 + 3, y * 5);

  // What never moves is found once: the grain, how far from the rake's path, how near to the stone.
  const count = size * size;
  const grain = new Float32Array(count);
  const across = new Float32Array(count);
  const rings = new Float32Array(count);
  const rock = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const x = ((i % size) + 0.5) * pixel - 1;
    const y = (Math.floor(i / size) + 0.5) * pixel - 1;
    grain[i] = layered(noise, x * 60, y * 60, 2) + 0.7 * layered(noise, x * 1.7, y * 1.7, 2);
    across[i] = y - path(x);
    rock[i] = stone(x, y);
    rings[i] = (rock[i]! - 1) * 0.17;
  }

  return (frame) => {
    const phase = frame / frames;
    const head = mix(START, END, phase);
    const height = (i: number, x: number): number => {
      const distance = rings[i]!;
      const ofStone = smooth(0.33, 0.28, distance);
      if (ofStone === 1) return 0.022 * Math.cos(distance * 62) * smooth(0, 0.03, distance);
      const away = Math.abs(across[i]!);
      const raked = smooth(RAKE + 0.01, RAKE - 0.02, away);
      const age = wrap(phase - (x - START) / (END - START));
      const fresh = mix(0.3, 1, smooth(0.97, 0.55, age)) * smooth(0, 0.012, age) + 0.3 * smooth(0.012, 0, age);
      const ridge = Math.cos(across[i]! * FURROWS * 2 * Math.PI * 0.8);
      const lines = 0.026 * ridge * mix(0.5, fresh, raked);
      return mix(lines, 0.022 * Math.cos(distance * 62), ofStone);
    };
    const heights = new Float32Array(count);
    for (let i = 0; i < count; i++) heights[i] = height(i, ((i % size) + 0.5) * pixel - 1) + 0.0016 * grain[i]!;

    let i = 0;
    paint(image, (x, y, out) => {
      const right = i % size === size - 1 ? i : i + 1;
      const below = i + size < count ? i + size : i;
      const dx = (heights[right]! - heights[i]!) / pixel;
      const dy = (heights[below]! - heights[i]!) / pixel;
      // Low light from the upper left.
      const slope = (0.55 + 0.5 * dx + 0.75 * dy) / Math.sqrt(1 + dx * dx + dy * dy);
      let light = 0.04 + 0.36 * clamp(slope, 0, 1.3);
      light += 0.018 * grain[i]!;
      light *= 1.12 - 0.34 * Math.hypot(x + 0.3, y + 0.3);

      // The stone and its shadow.
      light *= mix(0.35, 1, smooth(0.75, 1.45, stone(x - 0.07, y - 0.07)));
      const inside = smooth(1.02, 0.97, rock[i]!);
      if (inside > 0) {
        const u = (x - STONE.x) / STONE.rx;
        const v = (y - STONE.y) / STONE.ry;
        const up = Math.sqrt(Math.max(0, 1 - Math.min(1, u * u + v * v)));
        const lit = clamp(-0.5 * u - 0.62 * v + 0.6 * up);
        light = mix(light, 0.03 + 0.2 * lit + 0.03 * layered(noise, x * 22, y * 22, 3), inside);
      }

      // The rake: a bar across its path, tines before it, a shaft behind it.
      const behind = x - head;
      const away = y - path(head);
      const slant = away + 0.12 * (behind - 0.1);
      const shadow = bell(behind - 0.1, 0.09) * smooth(RAKE + 0.08, RAKE - 0.04, Math.abs(away - 0.05));
      light *= 1 - 0.5 * shadow;
      const tine = Math.abs(wrap(away * FURROWS * 0.8 + 0.5) - 0.5) / (FURROWS * 0.8);
      const tines =
        smooth(0.016, 0.009, tine) *
        smooth(RAKE, RAKE - 0.01, Math.abs(away)) *
        smooth(-0.015, 0, behind) *
        smooth(0.1, 0.085, behind);
      const bar = smooth(0.037, 0.029, Math.abs(behind - 0.11)) * smooth(RAKE + 0.03, RAKE + 0.02, Math.abs(away));
      const shaft =
        smooth(0.034, 0.026, Math.abs(slant)) * smooth(0.1, 0.12, behind) * smooth(SHAFT, SHAFT - 0.01, behind);
      const wood = Math.max(tines, bar, shaft);
      const round = bar > 0.5 ? (behind - 0.11) / 0.037 : shaft > 0.5 ? slant / 0.034 : 0.2;
      const woodLight = 0.2 - 0.09 * round + 0.02 * noise.plane(away * 40, behind * 6 + away * 3);

      out.r = mix(light * 0.98 + 0.012, inside > 0 ? 0 : woodLight * 1.05, wood * (inside > 0 ? 0 : 1));
      out.g = mix(light * 0.86 + 0.011, inside > 0 ? 0 : woodLight * 0.72, wood * (inside > 0 ? 0 : 1));
      out.b = mix(light * 0.68 + 0.014, inside > 0 ? 0 : woodLight * 0.46, wood * (inside > 0 ? 0 : 1));
      i++;
    });
    return image;
  };
};
