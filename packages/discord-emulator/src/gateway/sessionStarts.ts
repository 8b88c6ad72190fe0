import type { GatewayLimits } from "../api.ts";

const DAY = 86_400_000;
/** One Identify per bucket in this time, in milliseconds. */
const PACE = 5_000;
/** Identifies of a bot in a day. */
const TOTAL = 1_000;

/**
 * Counts Identifies: those of a day, and those of each bucket of `max_concurrency`
 * (`shard_id % max_concurrency`) within five seconds.
 */
export const createSessionStarts = ({ identifies = TOTAL, maxConcurrency, shards = 1 }: GatewayLimits) => {
  const began = Date.now();
  const last = new Map<number, number>();
  let remaining = identifies;
  return {
    /** What `GET /gateway/bot` says beside the address. */
    limits: () => ({
      shards,
      session_start_limit: {
        total: TOTAL,
        remaining,
        reset_after: Math.max(0, began + DAY - Date.now()),
        max_concurrency: maxConcurrency ?? 1,
      },
    }),
    /**
     * Counts one.
     * @returns "early" for one that is refused because its bucket has just been used, "exhausted" where the day's are
     * used up
     */
    count(shard: number): "accepted" | "early" | "exhausted" {
      if (remaining <= 0) return "exhausted";
      remaining -= 1;
      if (maxConcurrency === undefined) return "accepted";
      const bucket = shard % maxConcurrency;
      const now = performance.now();
      // A little is allowed for timers that fire early.
      const isEarly = now - (last.get(bucket) ?? Number.NEGATIVE_INFINITY) < PACE - 100;
      last.set(bucket, now);
      return isEarly ? "early" : "accepted";
    },
  };
};
