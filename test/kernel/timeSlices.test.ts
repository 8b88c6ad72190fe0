import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { createDueTimers } from "../../src/kernel/dueTimers.ts";
import { createTimeSlices } from "../../src/kernel/timeSlices.ts";
import { fakeClock } from "../support/fakeClock.ts";

/** Turns of the thread that pass while `work` runs. */
const turnsIn = async (work: Promise<void>): Promise<number> => {
  let turns = 0;
  let isDone = false;
  const counted = work.finally(() => {
    isDone = true;
  });
  for (; !isDone; turns++) await nextTurn();
  await counted;
  return turns;
};

const keepBusy = (duration: number) => {
  const until = performance.now() + duration;
  while (performance.now() < until);
};

test("a loop lets the thread do other work whenever five milliseconds are used up", async () => {
  let elapsed = 0;
  const loop = async () => {
    const pause = createTimeSlices({ elapsed: () => elapsed });
    for (let step = 0; step < 100; step++) {
      elapsed += 1;
      await pause();
    }
  };
  expect(await turnsIn(loop())).toBeGreaterThanOrEqual(20);
});

test("under a clock that stands still it is one piece, however slow the machine is", async () => {
  const clock = fakeClock();
  const begun: string[] = [];
  const timers = createDueTimers(clock)("evenings", async (key) => {
    keepBusy(6);
    begun.push(key);
    return { at: undefined };
  });
  for (let index = 0; index < 30; index++) timers.set(String(index), "1", clock.now() + 1_000);
  await clock.advance(1_000);
  expect(begun).toHaveLength(30);
  timers.close();
});
