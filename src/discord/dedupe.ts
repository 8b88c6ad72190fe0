import type { Millis } from "../kernel/units.ts";

/**
 * Remembers a bounded number of keys for a while.
 * @returns a function that says whether a key is new, and remembers it
 */
export const createDedupe = (span: Millis, most: number, now: () => Millis): ((key: string) => boolean) => {
  const seen = new Map<string, Millis>();
  return (key) => {
    const moment = now();
    const last = seen.get(key);
    if (last !== undefined && moment - last < span) return false;
    seen.delete(key);
    seen.set(key, moment);
    // In order of insertion, so the oldest come first.
    for (const [old, at] of seen) {
      if (seen.size <= most && moment - at < span) break;
      seen.delete(old);
    }
    return true;
  };
};
