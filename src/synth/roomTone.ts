import type { AudioNode } from "../audio/format.ts";
import { softLowPass } from "./filters.ts";
import { pink } from "./noise.ts";

/** The quiet of a room, so that the rests are not dead. */
export const roomTone = (seed: number, level: number): AudioNode => {
  const ears = [0, 1].map((side) => ({ fill: pink(seed + side), low: softLowPass(500) }));
  return {
    render({ left, right }) {
      for (const [side, out] of [left, right].entries()) {
        ears[side]!.fill(out);
        ears[side]!.low(out);
        for (let i = 0; i < out.length; i++) out[i] = out[i]! * level;
      }
      return "more";
    },
  };
};
