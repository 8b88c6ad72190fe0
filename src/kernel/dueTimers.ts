import type { Clock } from "./clock.ts";
import { createDeadlineHeap } from "./deadlineHeap.ts";
import { createDeadlineTimer } from "./deadlineTimer.ts";
import { createTimeSlices } from "./timeSlices.ts";
import type { Millis } from "./units.ts";

/** Does what is due for a key; must not reject. @returns when it is due again; undefined: never */
type Run = (key: string, turn: undefined) => Promise<{ readonly at: Millis | undefined }>;

/**
 * Jobs of a process that is alone with its database: one timer waits for the earliest. Looks at no other job, and lets the
 * thread do other work every few milliseconds, however many are due at once.
 */
export const createDueTimers = (clock: Clock) => (_kind: string, run: Run) => {
  const deadlines = createDeadlineHeap<string>();
  const waiting = new Set<string>();
  /** What is being done, with what was set meanwhile. */
  const running = new Map<string, { next?: Millis | undefined; isChanged: boolean }>();
  let isLooking = false;
  let lastLook: Millis = 0;
  let closed = false;

  const wait = (key: string, at: Millis | undefined) => {
    if (at === undefined) {
      waiting.delete(key);
      deadlines.delete(key);
    } else {
      waiting.add(key);
      deadlines.set(key, at);
    }
  };

  const begin = async (key: string): Promise<void> => {
    const meanwhile: { next?: Millis | undefined; isChanged: boolean } = { isChanged: false };
    running.set(key, meanwhile);
    const { at } = await run(key, undefined);
    running.delete(key);
    if (closed) return;
    wait(key, meanwhile.isChanged ? meanwhile.next : at);
    void look();
  };

  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    const pause = createTimeSlices(clock);
    for (;;) {
      const now = clock.now();
      // Each says again when it is due by a clock that was set back.
      if (now < lastLook) for (const key of waiting) deadlines.set(key, now);
      lastLook = now;
      const first = deadlines.first();
      if (closed || first === undefined || first.at > now) break;
      wait(first.key, undefined);
      void begin(first.key);
      await pause();
    }
    isLooking = false;
    timer.set(closed ? undefined : deadlines.first()?.at);
  };
  const timer = createDeadlineTimer(clock, () => void look());

  const change = (key: string, at: Millis | undefined) => {
    const now = running.get(key);
    if (now === undefined) wait(key, at);
    else Object.assign(now, { next: at, isChanged: true });
    void look();
  };

  return {
    set: (key: string, _guild: string, at: Millis) => change(key, at),
    delete: (key: string) => change(key, undefined),
    close() {
      closed = true;
      timer.set(undefined);
    },
  };
};
