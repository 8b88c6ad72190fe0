import type { Hertz } from "../kernel/units.ts";
import type { Fill } from "./blocks.ts";
import { softLowPass } from "./filters.ts";

/** Above this, a source that is spread out reaches the ears as two; below, as one. */
const SHARED_BELOW: Hertz = 1_000;

/** How much of a source's power both ears share, 0 to 1. */
export interface Sharing {
  /** Below some 500 Hz. */
  readonly low?: number;
  /** Above. */
  readonly high?: number;
}

/**
 * One source of noise for both ears below some 500 Hz, and one for each ear above, as of a wide source around a head: low
 * sounds that are unrelated in the two ears sound out of phase on headphones.
 * @returns fills a block for the left ear and one for the right
 */
export const aroundTheHead = (make: (seed: number) => Fill, seed: number, { low = 1, high = 0 }: Sharing = {}) => {
  const common = make(seed + 15_485_863);
  const ears = [0, 1].map((side) => ({ fill: make(seed + 101 * side), below: softLowPass(SHARED_BELOW) }));
  const [highShared, highOwn] = [Math.sqrt(high), Math.sqrt(1 - high)];
  const [moreShared, lessOwn] = [Math.sqrt(low) - highShared, Math.sqrt(1 - low) - highOwn];
  let [middle, change] = [new Float32Array(0), new Float32Array(0)];
  return (left: Float32Array, right: Float32Array): void => {
    if (middle.length !== left.length)
      [middle, change] = [new Float32Array(left.length), new Float32Array(left.length)];
    common(middle);
    for (const [side, out] of [left, right].entries()) {
      const { fill, below } = ears[side]!;
      fill(out);
      for (let i = 0; i < out.length; i++) change[i] = moreShared * middle[i]! + lessOwn * out[i]!;
      below(change);
      for (let i = 0; i < out.length; i++) out[i] = highShared * middle[i]! + highOwn * out[i]! + change[i]!;
    }
  };
};
