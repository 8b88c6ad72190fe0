import { prng } from "../../kernel/random.ts";
import { createImage, type Image } from "../image.ts";
import { createNoise, type Noise } from "../noise.ts";
import { clamp, mix, smooth, TURN } from "../numbers.ts";
import type { Scene } from "../scene.ts";

/** Specks of ink in a drop. */
const SPECKS = 90_000;
/** The density is found on a coarser grid; ink has no edges. */
const COARSE = 2;
/** Units a life at a current of 1, and how far a speck strays in a frame. */
const PACE = 3.4;
const DRIFT = 0.006;
/** Of its life, when a drop begins to be seen, is whole, and begins to vanish. */
const LIFE = { in: 0.34, out: 0.6 };

/** The current is found on a grid of so many points a side, from −1.3 to 1.3. */
const POINTS = 72;
const REACH = 1.3;

interface Current {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** What carries the ink: two curls of a falling drop, and the stir of the water, which is the curl of noise (Bridson 2007) and so gathers it nowhere. */
const currentAt = (noise: Noise, time: number): Current => {
  const head = -0.72 + 1.1 * time ** 0.7;
  const span = 0.13 + 0.3 * time;
  const strength = 0.085 * Math.exp(-time * 1.6);
  const stir = 0.1 + 0.16 * smooth(0, 0.3, time);
  const step = (2 * REACH) / (POINTS - 1);
  const potential = new Float32Array(POINTS * POINTS);
  for (let i = 0; i < potential.length; i++) {
    const x = (i % POINTS) * step - REACH;
    const y = Math.floor(i / POINTS) * step - REACH;
    potential[i] =
      stir *
      (0.62 * noise.loop(x * 1.3, y * 1.3, time * 1.1 + 0.5, 64) +
        0.3 * noise.loop(x * 3.1 + 7, y * 3.1, time * 2.1 + 9.5, 64) +
        0.13 * noise.loop(x * 6.7, y * 6.7 + 5, time * 3 + 23.5, 64));
    // A pair of vortices is a potential too.
    for (const side of [-1, 1]) {
      const square = (x - side * span) ** 2 + (y - head) ** 2;
      potential[i]! += side * strength * Math.log(square + 0.02);
    }
  }
  const x = new Float32Array(potential.length);
  const y = new Float32Array(potential.length);
  for (let i = POINTS; i < potential.length - POINTS; i++) {
    x[i] = (potential[i + POINTS]! - potential[i - POINTS]!) / (2 * step);
    y[i] = -(potential[i + 1]! - potential[i - 1]!) / (2 * step) + 0.1 + 0.35 * Math.exp(-time * 5);
  }
  return { x, y };
};

/** Where the ink of one drop is, frame for frame of its life. */
const spread = (frames: number, grid: number, seed: number, specks: number): Float32Array[] => {
  const random = prng(seed);
  const noise = createNoise(seed + 1);
  const xs = new Float32Array(specks);
  const ys = new Float32Array(specks);
  for (let i = 0; i < specks; i++) {
    const angle = random() * TURN;
    const radius = 0.17 * random() ** 0.6;
    // A drop, and the thread that it has drawn after it.
    const thread = random() < 0.35;
    xs[i] = thread ? 0.05 * (random() + random() - 1) : Math.cos(angle) * radius;
    ys[i] = thread ? -0.7 - random() * 0.6 : -0.74 + Math.sin(angle) * radius * 0.8;
  }
  const step = PACE / frames;
  return Array.from({ length: frames }, (_, frame) => {
    const density = new Float32Array(grid * grid);
    const current = currentAt(noise, frame / frames);
    for (let i = 0; i < specks; i++) {
      const cx = ((xs[i]! + REACH) / (2 * REACH)) * (POINTS - 1);
      const cy = ((ys[i]! + REACH) / (2 * REACH)) * (POINTS - 1);
      xs[i] = xs[i]! + sample(current.x, POINTS, cx, cy) * step + (random() - 0.5) * DRIFT;
      ys[i] = ys[i]! + sample(current.y, POINTS, cx, cy) * step + (random() - 0.5) * DRIFT;
      drop(density, grid, ((xs[i]! + 1) / 2) * grid - 0.5, ((ys[i]! + 1) / 2) * grid - 0.5);
    }
    return blurred(density, grid);
  });
};

/** Adds one speck, shared among the four cells around it. */
const drop = (density: Float32Array, grid: number, x: number, y: number): void => {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  if (ix < 0 || iy < 0 || ix >= grid - 1 || iy >= grid - 1) return;
  const fx = x - ix;
  const fy = y - iy;
  const at = iy * grid + ix;
  density[at]! += (1 - fx) * (1 - fy);
  density[at + 1]! += fx * (1 - fy);
  density[at + grid]! += (1 - fx) * fy;
  density[at + grid + 1]! += fx * fy;
};

/** Over three cells each way, twice. */
const blurred = (from: Float32Array, grid: number): Float32Array => {
  let source = from;
  for (const step of [1, grid, 1, grid]) {
    const target = new Float32Array(source.length);
    for (let i = step; i < source.length - step; i++)
      target[i] = 0.25 * source[i - step]! + 0.5 * source[i]! + 0.25 * source[i + step]!;
    source = target;
  }
  return source;
};

const sample = (field: Float32Array, grid: number, x: number, y: number): number => {
  const px = clamp(x, 0, grid - 1.001);
  const py = clamp(y, 0, grid - 1.001);
  const ix = Math.floor(px);
  const iy = Math.floor(py);
  const at = iy * grid + ix;
  const upper = mix(field[at]!, field[at + 1]!, px - ix);
  return mix(upper, mix(field[at + grid]!, field[at + grid + 1]!, px - ix), py - iy);
};

/** Drops of pale ink fall into dark water, curl, and are gone; each begins while the one before it vanishes. */
export const inkInWater: Scene = ({ size, frames, seed }) => {
  const image: Image = createImage(size);
  const grid = Math.ceil(size / COARSE);
  const specks = Math.round((SPECKS * grid * grid) / 40_000);
  const density = spread(frames, grid, seed, specks);
  const half = Math.floor(frames / 2);
  return (frame) => {
    const layers = [frame, (frame + half) % frames].map((age, index) => {
      const share = age / frames;
      return { field: density[age]!, seen: smooth(0, LIFE.in, share) * smooth(1, LIFE.out, share), flip: index === 1 };
    });
    const { rgb } = image;
    for (let row = 0, at = 0; row < size; row++)
      for (let column = 0; column < size; column++, at += 3) {
        const x = (column + 0.5) / COARSE - 0.5;
        const y = (row + 0.5) / COARSE - 0.5;
        let light = 0;
        let blue = 0;
        for (const { field, seen, flip } of layers) {
          const value = sample(field, grid, flip ? grid - 1 - x : x, y) * seen;
          light += value;
          if (flip) blue += value;
        }
        const deep = 1 - row / size;
        const ink = 1 - Math.exp(-light * 0.034);
        const bright = ink * ink;
        const tint = light > 0 ? blue / light : 0;
        rgb[at] = 0.012 + 0.012 * deep + mix(0.22, 0.34, tint) * ink + 0.34 * bright;
        rgb[at + 1] = 0.02 + 0.03 * deep + mix(0.36, 0.28, tint) * ink + 0.32 * bright;
        rgb[at + 2] = 0.035 + 0.045 * deep + mix(0.5, 0.52, tint) * ink + 0.3 * bright;
      }
    return image;
  };
};
