import { ORBIT_PERIOD } from "../../audio/spatialiser.ts";
import type { Placement } from "../../kernel/placement.ts";
import type { Frames } from "../../kernel/units.ts";

/** A week; a mix with a longer period counts as one that does not repeat. */
const MAX_PERIOD: Frames = 50 * 60 * 60 * 24 * 7;

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/**
 * Frames after which a mix repeats: all its layers are where they were. Infinity where that takes
 * too long to matter.
 */
export const mixPeriod = (layers: readonly { readonly length: Frames; readonly place: Placement }[]): Frames => {
  let cycle = 1;
  for (const { length, place } of layers) {
    if (length > MAX_PERIOD) return Number.POSITIVE_INFINITY;
    for (const round of place === "orbit" ? [length, ORBIT_PERIOD] : [length]) {
      cycle = (cycle / gcd(cycle, round)) * round;
      if (cycle > MAX_PERIOD) return Number.POSITIVE_INFINITY;
    }
  }
  return cycle;
};
