import { createImage, paint } from "../image.ts";
import { createNoise, layered } from "../noise.ts";
import { clamp, mix, smooth } from "../numbers.ts";
import type { Scene } from "../scene.ts";

/** Half of the cloth's sides. */
const SIDE = { x: 0.68, y: 0.6 };
/** How round a fold is. */
const ROUND = 0.075;

/** How far the two folds are done: across, then down, a rest, and back. */
const foldsAt = (phase: number): readonly [number, number] => {
  const rise = (from: number, to: number) => smooth(from, to, phase);
  return [rise(0.01, 0.28) - rise(0.73, 1), rise(0.24, 0.49) - rise(0.52, 0.77)];
};

/** Where a point of the picture lies on cloth that is being folded over along one direction. */
interface Layer {
  /** The place on the cloth before this fold. */
  at: number;
  /** Slope of the surface. */
  slope: number;
  /** How high it lies. */
  height: number;
  /** Whether its back is seen. */
  turned: boolean;
  hit: boolean;
}

/**
 * Cloth from −half to half whose far end is drawn over itself around a cylinder.
 * @param done 0 flat, 1 folded in half
 */
const fold = (x: number, half: number, done: number, out: Layer): void => {
  out.hit = false;
  const radius = ROUND * smooth(0, 0.12, done) * mix(1, 0.12, smooth(0.55, 1, done)) + 1e-4;
  // The cylinder rolls from the edge to the middle; what lies beyond it comes back on top.
  const middle = mix(half, 0, done);
  const beyond = x - middle;
  if (beyond > radius || x < -half - 1e-3) {
    if (done > 0.002 || x > half || x < -half) return;
  }
  const arc = Math.PI * radius;
  // On top: the part that has come round.
  const flap = middle + arc + (middle - x);
  if (done > 0.002 && beyond <= 0 && flap <= half + 1e-6) {
    out.at = flap;
    const edge = half - flap;
    // The free end lies down softly.
    out.height = 2 * radius * smooth(-0.02, 0.12, edge) ** 0.5;
    out.slope = -1.2 * radius * (1 - smooth(0, 0.1, edge)) * 6;
    out.turned = true;
    out.hit = true;
    return;
  }
  if (done > 0.002 && beyond > 0 && beyond <= radius) {
    const angle = Math.asin(clamp(beyond / radius));
    const upper = middle + radius * (Math.PI - angle);
    out.turned = upper <= half;
    out.at = out.turned ? upper : middle + radius * angle;
    if (out.at > half) return;
    out.height = radius * (1 + (out.turned ? Math.cos(angle) : -Math.cos(angle)));
    out.slope = (out.turned ? -1 : 1) * Math.min(2.2, Math.tan(Math.min(angle, 1.2)));
    out.hit = true;
    return;
  }
  if (x > half) return;
  out.at = x;
  out.height = 0;
  out.slope = 0;
  out.turned = false;
  out.hit = true;
};

const layer = (): Layer => ({ at: 0, slope: 0, height: 0, turned: false, hit: false });

/** A towel is folded across, then down, and lies open again. */
export const foldingCloth: Scene = ({ size, frames, seed }) => {
  const image = createImage(size);
  const noise = createNoise(seed);

  const wrinkle = (x: number, y: number): number =>
    0.03 * layered(noise, x * 1.6 + y * 0.5, y * 1.3, 2) +
    0.012 * (1 - Math.abs(noise.plane(x * 2.6 + 0.6 * y + 4, y * 1.1 - x * 0.7)));

  return (frame) => {
    const [across, down] = foldsAt(frame / frames);
    const first = layer();
    const second = layer();
    // What is folded moves into the middle, as hands would lay it.
    const ox = 0.5 * SIDE.x * across;
    const oy = 0.5 * SIDE.y * down;

    /** How high the cloth lies there; −1 beside it. */
    const heightAt = (x: number, y: number): number => {
      const mx = x + ox;
      const my = y + oy;
      fold(-my, SIDE.y, down, second);
      if (!second.hit) return -1;
      fold(-mx, SIDE.x, across, first);
      if (!first.hit) return -1;
      return second.height + first.height;
    };

    paint(image, (x, y, out) => {
      // The table: dark wood.
      const plank = 0.75 + 0.18 * noise.plane(x * 1.4 + 0.5, y * 26) + 0.1 * noise.plane(x * 4, y * 70);
      const fallOff = 1.05 - 0.42 * Math.hypot(x + 0.45, y + 0.5);
      let r = 0.15 * plank * fallOff;
      let g = 0.105 * plank * fallOff;
      let b = 0.08 * plank * fallOff;

      const height = heightAt(x, y);
      if (height < 0) {
        // The cloth's soft shadow, away from the light.
        let shadow = 0;
        for (const [step, weight] of [
          [0.02, 0.4],
          [0.045, 0.32],
          [0.08, 0.2],
        ] as const)
          if (heightAt(x - step, y - step) >= 0) shadow += weight;
        r *= 1 - 0.75 * shadow;
        g *= 1 - 0.75 * shadow;
        b *= 1 - 0.7 * shadow;
      } else {
        const u = -first.at;
        const v = -second.at;
        const sx = first.slope;
        const sy = second.slope;
        const back = first.turned !== second.turned;
        const e = 0.012;
        const w = wrinkle(u, v);
        const wx = (wrinkle(u + e, v) - w) / e;
        const wy = (wrinkle(u, v + e) - w) / e;
        // Woven: a fine waffle.
        const weave = 0.5 + 0.25 * (Math.cos(u * 150) + Math.cos(v * 150));
        const dx = -sx + 1.5 * wx * (first.turned ? -1 : 1);
        const dy = -sy + 1.5 * wy * (second.turned ? -1 : 1);
        const light = clamp((0.78 + 0.42 * dx + 0.5 * dy) / Math.sqrt(1 + dx * dx + dy * dy), 0.05, 1.25);
        // A flap darkens what lies below it, towards its edge.
        let below = 0;
        for (const step of [0.025, 0.05]) if (heightAt(x - step, y - step) > height + 0.03) below += 0.2;
        const layers = heightAt(x, y);
        const edge = Math.min(SIDE.x - Math.abs(u), SIDE.y - Math.abs(v));
        const hem = 1 - 0.22 * smooth(0.012, 0.004, Math.abs(edge - 0.035)) - 0.12 * smooth(0.012, 0, edge);
        const bands =
          smooth(0.008, 0, Math.abs(Math.abs(v) - 0.42) - 0.022) +
          smooth(0.006, 0, Math.abs(Math.abs(v) - 0.48) - 0.008);
        const shade =
          (0.12 + 0.5 * light * light) *
          (0.93 + 0.1 * weave) *
          hem *
          (1 - below) *
          fallOff *
          (back ? 0.9 : 1) *
          (1 + 0.3 * layers);
        const band = Math.min(1, bands) * (back ? 0.35 : 0.85);
        r = shade * mix(0.98, 0.62, band);
        g = shade * mix(0.93, 0.66, band);
        b = shade * mix(0.84, 0.78, band);
      }
      out.r = r;
      out.g = g;
      out.b = b;
    });
    smoothEdges(image.rgb, size);
    return image;
  };
};

/** Softens by a third of a pixel each way, so that edges do not step. */
const smoothEdges = (rgb: Float32Array, size: number): void => {
  for (const step of [3, size * 3])
    for (let i = step; i < rgb.length - step; i++) rgb[i] = 0.2 * rgb[i - step]! + 0.6 * rgb[i]! + 0.2 * rgb[i + step]!;
};
