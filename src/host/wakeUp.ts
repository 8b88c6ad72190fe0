import type { Clock } from "../kernel/clock.ts";
import { type Millis, seconds } from "../kernel/units.ts";

/** A machine that slept, or whose clock was set, notices within this time. */
const LONGEST_WAIT: Millis = seconds(30);

export interface WakeUp {
  /** Waits for this moment in place of the one before; undefined waits for none. */
  at(deadline: Millis | undefined): void;
}

/** One deadline at a time, as a moment and not as a duration: what is waited is measured anew on the way. */
export const createWakeUp = (clock: Clock, wake: () => void): WakeUp => {
  let cancel: (() => void) | undefined;
  let planned: Millis | undefined;

  const wait = (deadline: Millis) => {
    const left = Math.max(0, deadline - clock.now());
    cancel = clock.after(Math.min(left, LONGEST_WAIT), () => {
      cancel = undefined;
      if (clock.now() < deadline) return wait(deadline);
      planned = undefined;
      wake();
    });
  };

  return {
    at(deadline) {
      if (deadline === planned) return;
      cancel?.();
      cancel = undefined;
      planned = deadline;
      if (deadline !== undefined) wait(deadline);
    },
  };
};
