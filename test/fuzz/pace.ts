import type { Millis } from "../../src/kernel/units.ts";

/** Answers that take longer than this say that there are too many at once: Discord gives up on them after 3 s. */
const SLOW: Millis = 600;
/** This process does nothing for long: where it was late by so much, so was everything else on the machine. */
const HELD_UP: Millis = 500;
const LOOK_EVERY: Millis = 50;

/** How much is asked for at once: as much as is answered quickly, so that a slow machine is asked less. */
export const createPace = (most: number) => {
  let allowed = 2;
  let running = 0;
  const waiting: (() => void)[] = [];
  let lateAt = -Infinity;
  let looked = performance.now();
  const look = setInterval(() => {
    const now = performance.now();
    if (now - looked - LOOK_EVERY > HELD_UP) lateAt = now;
    looked = now;
  }, LOOK_EVERY);
  return {
    /** Waits for its turn, and takes its time. */
    async turn<T>(perform: () => Promise<T>): Promise<T> {
      if (running >= Math.floor(allowed)) await new Promise<void>((resolve) => waiting.push(resolve));
      running += 1;
      const began = performance.now();
      try {
        return await perform();
      } finally {
        const isSlow = performance.now() - began > SLOW;
        allowed = isSlow ? Math.max(1, allowed * 0.7) : Math.min(most, allowed + 0.1);
        running -= 1;
        if (running < Math.floor(allowed)) waiting.shift()?.();
      }
    },
    /** Whether the machine itself stood still at some moment since then. */
    wasHeldUp: (since: Millis) => {
      const now = performance.now();
      return lateAt > since || now - looked - LOOK_EVERY > HELD_UP;
    },
    close: () => clearInterval(look),
  };
};
