import type { Millis } from "./units.ts";

/** Wall-clock time and the one way to wait for it; tests pass their own. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): Millis;
  /** Milliseconds from any moment, never set, to measure how long work takes; absent: `performance.now`. */
  elapsed?(): Millis;
  /**
   * Calls `run` once, `delay` from now; longer delays than a timer of the runtime can hold are waited for in parts.
   * @returns a function that cancels it, any number of times
   */
  after(delay: Millis, run: () => void): () => void;
}

/** `setTimeout` fires at once for delays of 2^31 ms and more. */
const MAX_TIMEOUT: Millis = 2 ** 31 - 1;

/** The system's wall clock and timers. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delay, run) {
    let timer: NodeJS.Timeout;
    const wait = (left: Millis) => {
      const part = Math.min(Math.max(left, 0), MAX_TIMEOUT);
      timer = setTimeout(() => (left > part ? wait(left - part) : run()), part);
    };
    wait(delay);
    return () => clearTimeout(timer);
  },
};
