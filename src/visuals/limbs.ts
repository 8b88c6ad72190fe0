import { clamp, mix } from "./numbers.ts";

/** A point of a body seen from the front: `z` towards the eye. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** A round bone with its flesh: from one joint to the next, each with its radius. */
export interface Limb {
  readonly from: Point;
  readonly to: Point;
  readonly r0: number;
  readonly r1: number;
}

/** The larger of two, rounded over where they are within `k` of each other (Quilez's polynomial). */
const softMax = (a: number, b: number, k: number): number => {
  const near = clamp(0.5 + (0.5 * (a - b)) / k);
  return mix(b, a, near) + k * near * (1 - near);
};

/** What is found of limbs at a point of the picture. */
export interface Surface {
  /** Signed distance into the outline; above zero is inside. */
  inside: number;
  /** How near the surface is to the eye. */
  height: number;
}

const FALL = 3;

/**
 * The surface of limbs that grow out of each other, as the eye sees it, without a ray marched: each limb is a swept sphere,
 * whose height at a point is known, and heights and outlines are joined softly.
 */
export const surfaceOf = (limbs: readonly Limb[], x: number, y: number, softness: number, out: Surface): void => {
  let inside = -10;
  let height = -10;
  for (const { from, to, r0, r1 } of limbs) {
    const dx = to.x - from.x;
    const dy = to.y - from.y;
    const px = x - from.x;
    const py = y - from.y;
    const along = clamp((px * dx + py * dy) / (dx * dx + dy * dy + 1e-9));
    const ox = px - along * dx;
    const oy = py - along * dy;
    const radius = r0 + (r1 - r0) * along;
    const square = ox * ox + oy * oy;
    const reach = radius + 4 * softness;
    if (square > reach * reach) continue;
    const distance = Math.sqrt(square);
    const z = from.z + (to.z - from.z) * along;
    const own = distance < radius ? z + Math.sqrt(radius * radius - square) : z - (distance - radius) * FALL;
    inside = softMax(inside, radius - distance, softness);
    height = softMax(height, own, softness);
  }
  out.inside = inside;
  out.height = height;
};
