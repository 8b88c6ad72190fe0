import { ORBIT_PERIOD, type Placement } from "../../audio/spatialiser.ts";
import type { Frames } from "../../kernel/units.ts";

/** Encoded mixes have a keyframe each second, as stored sounds do. */
export const KEYFRAME_INTERVAL: Frames = 50;
/** A week; what takes longer to come round does not come round. */
const MAX_PERIOD: Frames = 50 * 60 * 60 * 24 * 7;

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** After how many frames a mix is the same again: all its layers are where they were. Infinity where it takes too long to matter. */
export const mixPeriod = (layers: readonly { readonly length: Frames; readonly place: Placement }[]): Frames => {
  let cycle = 1;
  for (const { length, place } of layers) {
    for (const round of place === "orbit" ? [length, ORBIT_PERIOD] : [length]) {
      cycle = (cycle / gcd(cycle, round)) * round;
      if (cycle > MAX_PERIOD) return Number.POSITIVE_INFINITY;
    }
  }
  return cycle;
};
