import type { Clock } from "./clock.ts";
import { type Millis, seconds } from "./units.ts";

/** A machine that slept, or whose clock was set, notices within this time. */
const MAX_WAIT: Millis = seconds(30);

/** Waits for one moment at a time. */
export interface DeadlineTimer {
  /** Waits for this moment in place of the one before; undefined waits for none. */
  set(deadline: Millis | undefined): void;
}

/**
 * One deadline at a time, as a moment rather than a duration: the remaining time is measured again
 * on the way.
 */
export const createDeadlineTimer = (clock: Clock, wake: () => void): DeadlineTimer => {
  let cancel: (() => void) | undefined;
  let planned: Millis | undefined;

  const wait = (deadline: Millis) => {
    const left = Math.max(0, deadline - clock.now());
    cancel = clock.after(Math.min(left, MAX_WAIT), () => {
      cancel = undefined;
      if (clock.now() < deadline) return wait(deadline);
      planned = undefined;
      wake();
    });
  };

  return {
    set(deadline) {
      if (deadline === planned) return;
      cancel?.();
      cancel = undefined;
      planned = deadline;
      if (deadline !== undefined) wait(deadline);
    },
  };
};
