import { FRAME_MILLIS, type Millis } from "../kernel/units.ts";

/** What is later than this is dropped, never sent in a burst. */
const MOST_LATE: Millis = 200;

export interface Pacer {
  /** Calls `tick` each 20 ms until the returned function is called. */
  add(tick: () => void): () => void;
  /** Ticks that were due and dropped. */
  readonly dropped: () => number;
  stop(): void;
}

/** One 20 ms clock for all streams of a thread, on the monotonic clock: setting the wall clock moves nothing. */
export const createPacer = (now: () => Millis = () => performance.now()): Pacer => {
  const ticks = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  let due = 0;
  let dropped = 0;

  const run = () => {
    const time = now();
    if (time - due > MOST_LATE) {
      const late = Math.floor((time - due) / FRAME_MILLIS);
      dropped += late;
      due += late * FRAME_MILLIS;
    }
    while (due <= time) {
      for (const tick of ticks) tick();
      due += FRAME_MILLIS;
    }
    timer = ticks.size === 0 ? undefined : setTimeout(run, Math.max(0, due - now()));
  };

  return {
    add(tick) {
      ticks.add(tick);
      if (timer === undefined) {
        due = now();
        timer = setTimeout(run, 0);
      }
      return () => void ticks.delete(tick);
    },
    dropped: () => dropped,
    stop() {
      ticks.clear();
      clearTimeout(timer);
      timer = undefined;
    },
  };
};
