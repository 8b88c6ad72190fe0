import { FRAME_MILLIS, type Millis } from "../kernel/units.ts";

/** What is later than this is dropped. */
const MAX_LATENESS: Millis = 200;
/** Between two ticks while it catches up: twice the pace, and never two at once. */
const CATCH_UP_INTERVAL: Millis = FRAME_MILLIS / 2;

/** @param time of the pacer's clock, when it began with this tick's streams */
type Tick = (time: Millis) => void;

export interface Pacer {
  /** Calls `tick` with the time each 20 ms until the returned function is called. One that throws hinders no other. */
  add(tick: Tick): () => void;
  /** Ticks that were due and dropped. */
  readonly dropped: () => number;
  stop(): void;
}

/** Where the pacer's time comes from: a monotonic clock, and a wait of that long. */
export interface PacerClock {
  now(): Millis;
  /** @returns takes it back */
  wait(duration: Millis, then: () => void): () => void;
}

/** What the runtime's timers count in, whole milliseconds of the same clock, is ahead of `performance.now()` by this and a whole number. */
const timerPhase = (): Millis =>
  (((Number(process.hrtime.bigint() % 1_000_000n) / 1e6 - (performance.now() % 1)) % 1) + 1) % 1;

/** Wakes up once a wait: a timer of 19.4 ms may fire after 18.9, and the thread would have to go to sleep again for the rest. */
const createMonotonicClock = (ahead: Millis = timerPhase()): PacerClock => ({
  now: () => performance.now(),
  wait(duration, then) {
    const now = performance.now() + ahead;
    const timer = setTimeout(then, Math.ceil(now + duration) - Math.floor(now));
    return () => clearTimeout(timer);
  },
});

/** Thrown again where nothing else is under way, for the thread's own handler to log. */
const rethrowLater = (error: unknown) => {
  setImmediate(() => {
    throw error;
  });
};

/**
 * One 20 ms clock for all streams of a thread, on the monotonic clock: setting the wall clock moves nothing.
 * @param options.ticked is called after the streams of a tick
 * @param options.failed hears of a tick that has begun to throw, once until it has worked again
 */
export const createPacer = ({
  clock = createMonotonicClock(),
  ticked,
  failed = rethrowLater,
}: {
  readonly clock?: PacerClock;
  readonly ticked?: () => void;
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
    if (late > MAX_LATENESS) {
      const missed = Math.floor(late / FRAME_MILLIS);
      dropped += missed;
      due += missed * FRAME_MILLIS;
    }
    const began = clock.now();
    // The runtime's timers fire a fraction of a millisecond early now and then; that is no tick yet.
    const isDue = due <= began;
    if (isDue) {
      due += FRAME_MILLIS;
      for (const tick of ticks) call(tick, began);
      ticked?.();
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
