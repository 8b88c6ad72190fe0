import { FRAME_MILLIS, type Millis } from "../kernel/units.ts";

/** Ticks that are later than this are dropped. */
const MAX_LATENESS: Millis = 200;
/** Between two ticks while catching up: twice the rate, and never two at once. */
const CATCH_UP_INTERVAL: Millis = FRAME_MILLIS / 2;

/** @param time on the pacer's clock, when this tick began */
type Tick = (time: Millis) => void;

/** Drives all streams of a thread with one clock. */
export interface Pacer {
  /**
   * Calls `tick` every 20 ms until the returned function is called. One that throws does not affect
   * the others.
   */
  add(tick: Tick): () => void;
  /** Counts the ticks that were due and dropped. */
  readonly dropped: () => number;
  stop(): void;
}

/** The pacer's source of time: a monotonic clock, and timers on it. */
export interface PacerClock {
  now(): Millis;
  /** @returns a function that cancels the wait */
  wait(duration: Millis, then: () => void): () => void;
}

/**
 * Node's timers count whole milliseconds of the same clock; their phase is ahead of
 * `performance.now()` by this.
 */
const timerPhase = (): Millis =>
  (((Number(process.hrtime.bigint() % 1_000_000n) / 1e6 - (performance.now() % 1)) % 1) + 1) % 1;

/**
 * Wakes up once per wait: a timer of 19.4 ms may fire after 18.9, and the thread would have to
 * sleep again for the rest.
 */
const createMonotonicClock = (ahead: Millis = timerPhase()): PacerClock => ({
  now: () => performance.now(),
  wait(duration, then) {
    const now = performance.now() + ahead;
    const timer = setTimeout(then, Math.ceil(now + duration) - Math.floor(now));
    return () => clearTimeout(timer);
  },
});

/** Rethrows on an empty stack, for the thread's own handler to log. */
const rethrowLater = (error: unknown) => {
  setImmediate(() => {
    throw error;
  });
};

/**
 * Creates a 20 ms clock on the monotonic clock: setting the wall clock has no effect on it.
 * @param options.ticked is called after all streams of a tick, with when it was due on the pacer's
 *   clock, and how many ticks before it were dropped
 * @param options.failed is told of a tick that has begun to throw, once until it works again
 */
export const createPacer = ({
  clock = createMonotonicClock(),
  ticked,
  failed = rethrowLater,
}: {
  readonly clock?: PacerClock;
  readonly ticked?: (due: Millis, missed: number) => void;
  readonly failed?: (error: unknown) => void;
} = {}): Pacer => {
  const ticks = new Set<Tick>();
  const failing = new WeakSet<Tick>();
  let cancel: (() => void) | undefined;
  let due: Millis = 0;
  let dropped = 0;
  let anyFails = false;

  const call = (tick: Tick, time: Millis) => {
    try {
      tick(time);
      if (anyFails) failing.delete(tick);
    } catch (error) {
      if (!failing.has(tick)) failed(error);
      failing.add(tick);
      anyFails = true;
    }
  };

  const run = () => {
    const late = clock.now() - due;
    let missed = 0;
    if (late > MAX_LATENESS) {
      missed = Math.floor(late / FRAME_MILLIS);
      dropped += missed;
      due += missed * FRAME_MILLIS;
    }
    const began = clock.now();
    // Node's timers sometimes fire a fraction of a millisecond early; that is no tick yet.
    const isDue = due <= began;
    if (isDue) {
      const wasDue = due;
      due += FRAME_MILLIS;
      for (const tick of ticks) call(tick, began);
      ticked?.(wasDue, missed);
    }
    if (ticks.size === 0) cancel = undefined;
    else wait(isDue ? Math.max(due, began + CATCH_UP_INTERVAL) : due);
  };

  const wait = (until: Millis) => {
    cancel = clock.wait(Math.max(0, until - clock.now()), run);
  };

  return {
    add(tick) {
      ticks.add(tick);
      if (cancel === undefined) {
        due = clock.now();
        wait(due);
      }
      return () => void ticks.delete(tick);
    },
    dropped: () => dropped,
    stop() {
      ticks.clear();
      cancel?.();
      cancel = undefined;
    },
  };
};
