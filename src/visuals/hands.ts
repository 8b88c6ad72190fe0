import { type Hand, type Pose, poseHand } from "./hand.ts";
import { createImage, type Image } from "./image.ts";
import { surfaceOf } from "./limbs.ts";
import { createNoise, layered } from "./noise.ts";
import { bell, clamp, mix, smooth } from "./numbers.ts";

/** The three lines of a palm, in the hand's measures: how deep one is at a point. */
const palmLines = (x: number, y: number): number => {
  const heart =
    bell(y + 0.2 + 0.5 * (x + 0.05) * (x + 0.05) - 0.28 * x, 0.017) * smooth(-0.36, -0.2, x) * smooth(0.2, 0.05, x);
  const head =
    bell(y + 0.09 - 0.16 * x - 0.5 * x * x + 0.32 * x, 0.016) * smooth(-0.24, -0.1, x) * smooth(0.36, 0.22, x);
  const away = Math.hypot(x - 0.36, (y - 0.2) * 0.8);
  const life = bell(away - 0.29, 0.017) * smooth(0.3, 0.22, x) * smooth(-0.14, -0.02, y) * smooth(0.5, 0.3, y);
  return Math.max(heart, head * 0.8, life);
};

const fingerCreases = ({ creases }: Hand, x: number, y: number, scale: number): number => {
  let depth = 0;
  for (const { at, direction, radius } of creases) {
    const dx = x - at.x;
    const dy = y - at.y;
    if (Math.abs(dx) > radius * 1.2 || Math.abs(dy) > radius * 1.2) continue;
    const across = dx * Math.cos(direction) + dy * Math.sin(direction);
    const along = -dx * Math.sin(direction) + dy * Math.cos(direction);
    const bent = along + 0.12 * ((across * across) / radius);
    depth = Math.max(depth, bell(bent, 0.016 * scale) * smooth(radius, radius * 0.4, Math.abs(across)));
  }
  return depth;
};

/**
 * Draws two hands, palms to the eye, in warm light from the side.
 * @returns a function that draws a pair of poses, the hand on the left first; the picture is good until the next
 */
export const createHands = ({
  size,
  seed,
}: {
  /** Pixels a side. */
  readonly size: number;
  readonly seed: number;
}): ((poses: readonly Pose[]) => Image) => {
  const image: Image = createImage(size);
  const noise = createNoise(seed);
  const count = size * size;
  const pixel = 2 / size;
  const heights = new Float32Array(count);
  const insides = new Float32Array(count);
  const spot = { inside: 0, height: 0 };

  const draw = (hand: Hand, { scale }: Pose, key: number) => {
    for (let i = 0; i < count; i++) {
      const x = ((i % size) + 0.5) * pixel - 1;
      const y = (Math.floor(i / size) + 0.5) * pixel - 1;
      surfaceOf(hand.limbs, x, y, 0.042 * scale, spot);
      insides[i] = spot.inside;
      let height = spot.height;
      if (spot.inside > 0) {
        const own = hand.local(x, y);
        height -= scale * 0.013 * palmLines(own.x, own.y);
        height -= 0.011 * scale * fingerCreases(hand, x, y, scale);
        height += 0.0011 * layered(noise, own.x * 26, own.y * 26, 2);
      }
      heights[i] = height;
    }
    for (let i = 0; i < count; i++) {
      const inside = insides[i]!;
      const cover = smooth(-0.6 * pixel, 0.9 * pixel, inside);
      if (cover === 0) continue;
      const row = Math.floor(i / size);
      const column = i % size;
      const left = heights[column > 0 ? i - 1 : i]!;
      const right = heights[column < size - 1 ? i + 1 : i]!;
      const up = heights[row > 0 ? i - size : i]!;
      const down = heights[row < size - 1 ? i + size : i]!;
      // At the outline the surface turns away; what lies beyond it does not count.
      const dx = clamp((right - left) / (2 * pixel), -3, 3);
      const dy = clamp((down - up) / (2 * pixel), -3, 3);
      const length = Math.sqrt(1 + dx * dx + dy * dy);
      const nx = -dx / length;
      const ny = -dy / length;
      const nz = 1 / length;
      // Skin lets light through: the lit side reaches round (wrapped), and the edge of its shadow is red.
      const facing = key * 0.55 * nx - 0.36 * ny + 0.75 * nz;
      const wrapped = clamp((facing + 0.4) / 1.4);
      const lit = wrapped * wrapped;
      const rim = (1 - nz) ** 2 * clamp(-key * nx * 0.8 - ny * 0.3 + 0.25);
      // Hollows are darker: a little ambient occlusion from the wider neighbourhood.
      const step = Math.max(2, Math.round(size * 0.022));
      const wide =
        (heights[Math.max(0, column - step) + row * size]! +
          heights[Math.min(size - 1, column + step) + row * size]! +
          heights[i - Math.min(row, step) * size]! +
          heights[i + Math.min(size - 1 - row, step) * size]!) /
        4;
      const hollow = clamp(1 - 4 * clamp((wide - heights[i]!) / scale, 0, 0.1), 0.4, 1);
      const y = (row + 0.5) * pixel - 1;
      const dim = mix(1, 0.12, smooth(0.45, 1.05, y));
      const light = lit * hollow * dim;
      const blood = 0.5 + 0.5 * layered(noise, column * 0.022 * (400 / size), row * 0.022 * (400 / size), 2);
      const at = i * 3;
      const { rgb } = image;
      rgb[at] = mix(rgb[at]!, 0.03 + 0.62 * light ** 0.86 + 0.1 * rim * dim, cover);
      rgb[at + 1] = mix(rgb[at + 1]!, 0.022 + (0.42 - 0.03 * blood) * light + 0.1 * rim * dim, cover);
      rgb[at + 2] = mix(rgb[at + 2]!, 0.028 + (0.33 - 0.03 * blood) * light ** 1.1 + 0.16 * rim * dim, cover);
    }
  };

  return (poses) => {
    const { rgb } = image;
    for (let i = 0; i < count; i++) {
      const x = ((i % size) + 0.5) * pixel - 1;
      const y = (Math.floor(i / size) + 0.5) * pixel - 1;
      const glow = bell(Math.hypot(x, y + 0.25), 0.95);
      rgb[i * 3] = 0.018 + 0.035 * glow;
      rgb[i * 3 + 1] = 0.02 + 0.028 * glow;
      rgb[i * 3 + 2] = 0.034 + 0.042 * glow;
    }
    for (const pose of poses) draw(poseHand(pose), pose, pose.side);
    return image;
  };
};
