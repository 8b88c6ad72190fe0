import type { Clock } from "../../src/kernel/clock.ts";
import type { Millis } from "../../src/kernel/units.ts";

export interface FakeClock extends Clock {
  /**
   * Advances the clock through every timer that is due on the way, letting promises settle in
   * between.
   */
  advance(duration: Millis): Promise<void>;
  /** Sets the clock without letting time pass, as when a machine corrects its clock. */
  set(now: Millis): void;
}

/** Turns of the event loop after which what still waits is taken to wait for time. */
const MOST_TURNS = 10;

/** What comes in some turns by itself: another turn, a file, a computation in Node's own threads. */
const isWork = (resource: string): boolean => /^(Immediate|FSReq|.*Request)/.test(resource);

/** Lets promises settle that need no time: turns of the event loop, for as long as something is about to come in one. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (!process.getActiveResourcesInfo().some(isWork)) return;
  }
};

export const fakeClock = (start: Millis = 1_000_000_000): FakeClock => {
  const timers = new Set<{ readonly due: Millis; readonly run: () => void }>();
  /** The monotonic time of timers, which never jumps. */
  let elapsed: Millis = 0;
  let offset: Millis = start;

  return {
    now: () => elapsed + offset,
    elapsed: () => elapsed,
    set(now) {
      offset = now - elapsed;
    },
    after(delay, run) {
      const timer = { due: elapsed + delay, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(duration) {
      const until = elapsed + duration;
      await settle();
      for (;;) {
        const next = [...timers].filter(({ due }) => due <= until).toSorted((a, b) => a.due - b.due)[0];
        if (next === undefined) break;
        timers.delete(next);
        elapsed = Math.max(elapsed, next.due);
        next.run();
        await settle();
      }
      elapsed = until;
    },
  };
};
