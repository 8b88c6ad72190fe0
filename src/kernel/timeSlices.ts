import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "./clock.ts";
import type { Millis } from "./units.ts";

/** How long a piece may take, so that nobody who waits for the thread notices. */
const SLICE: Millis = 5;

/**
 * Does something for each number from `from` up to `to`, and lets the thread do what else is due every few milliseconds.
 * @param ended once it is aborted, nothing more is done
 * @returns whether all of it was done
 */
export const inTimeSlices = async (
  from: number,
  to: number,
  act: (index: number) => void,
  ended?: AbortSignal,
): Promise<boolean> => {
  for (let index = from; index < to; ) {
    await nextTurn();
    if (ended?.aborted) return false;
    const until = performance.now() + SLICE;
    do act(index++);
    while (index < to && performance.now() < until);
  }
  return true;
};

/**
 * The same for a loop whose length is not known beforehand.
 * @param clock measures the slices
 * @returns a function to await between two steps: it lets the thread do other work whenever a slice is used up
 */
export const createTimeSlices = ({
  elapsed = () => performance.now(),
}: Pick<Clock, "elapsed">): (() => Promise<void>) => {
  let until = elapsed() + SLICE;
  return async () => {
    if (elapsed() < until) return;
    await nextTurn();
    until = elapsed() + SLICE;
  };
};
