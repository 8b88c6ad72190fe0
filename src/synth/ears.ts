import type { Hertz } from "../kernel/units.ts";
import type { Fill } from "./blocks.ts";
import { softLowPass } from "./filters.ts";

/** Above this, a source that is spread out reaches the ears as two; below, as one. */
const SHARED_BELOW: Hertz = 800;

/**
 * One source of noise for both ears below some 500 Hz, and one for each ear above, as of a wide source around a head: low
 * sounds that are unrelated in the two ears sound out of phase on headphones.
 * @returns fills a block for the left ear and one for the right
 */
export const aroundTheHead = (make: (seed: number) => Fill, seed: number) => {
  const common = { fill: make(seed + 15_485_863), low: softLowPass(SHARED_BELOW) };
  const ears = [0, 1].map((side) => ({ fill: make(seed + 101 * side), low: softLowPass(SHARED_BELOW) }));
  let [middle, own] = [new Float32Array(0), new Float32Array(0)];
  return (left: Float32Array, right: Float32Array): void => {
    if (middle.length !== left.length) [middle, own] = [new Float32Array(left.length), new Float32Array(left.length)];
    common.fill(middle);
    common.low(middle);
    for (const [side, out] of [left, right].entries()) {
      const { fill, low } = ears[side]!;
      fill(out);
      own.set(out);
      low(own);
      for (let i = 0; i < out.length; i++) out[i] = out[i]! - own[i]! + middle[i]!;
    }
  };
};
