import type { Millis } from "../kernel/units.ts";

/** A token bucket: a few messages at once, and then so many a second. */
export interface RateLimit {
  /** Whether one more message is within the limit now. */
  take(now: Millis): boolean;
}

/**
 * Creates a full bucket.
 * @param burst how many it holds
 * @param perSecond how many come back in a second
 */
export const createRateLimit = (burst: number, perSecond: number): RateLimit => {
  let left = burst;
  let filledAt: Millis | undefined;
  return {
    take(now) {
      // A clock that is set back takes nothing away.
      left = Math.min(burst, left + (Math.max(0, now - (filledAt ?? now)) / 1_000) * perSecond);
      filledAt = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
};
