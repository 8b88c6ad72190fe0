import { prng } from "../kernel/random.ts";
import type { Frames } from "../kernel/units.ts";

/** A value that moves slowly with time (in frames, fractions allowed). */
export type Curve = (frame: number) => number;

/**
 * A smooth random walk in ±1 with about one turn per `spacing` frames, that repeats after `length` frames.
 * Value noise with a quintic fade (Perlin 2002).
 */
export const wander = (seed: number, spacing: number, length: Frames): Curve => {
  const random = prng(seed);
  const count = Math.max(2, Math.round(length / spacing));
  const points = Float64Array.from({ length: count }, () => 2 * random() - 1);
  return (frame) => {
    const at = ((frame / length) * count) % count;
    const index = Math.floor(at);
    const t = at - index;
    const fade = t * t * t * (t * (6 * t - 15) + 10);
    const from = points[index]!;
    return from + (points[(index + 1) % count]! - from) * fade;
  };
};

/** From 0 at `from` to 1 at `to`, with even ends. */
export const smoothStep = (from: number, to: number, x: number): number => {
  const t = Math.min(1, Math.max(0, (x - from) / (to - from)));
  return t * t * (3 - 2 * t);
};

/** Interpolates linearly: `from` at a share of 0, `to` at 1. */
export const mix = (from: number, to: number, share: number): number => from + (to - from) * share;
/** As `mix`, in equal ratios: for frequencies. */
export const mixRatio = (from: number, to: number, share: number): number => from * (to / from) ** share;
