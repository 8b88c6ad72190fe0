import { expect, test } from "vitest";
import { createPacer, type PacerClock } from "../../src/engine/pacer.ts";

/** A clock that stands until it is moved. */
const virtualClock = () => {
  let now = 1_000;
  let pending: { readonly due: number; readonly then: () => void } | undefined;
  const clock: PacerClock = {
    now: () => now,
    wait(duration, then) {
      expect(pending).toBeUndefined();
      const mine = { due: now + duration, then };
      pending = mine;
      return () => {
        if (pending === mine) pending = undefined;
      };
    },
  };
  return {
    ...clock,
    waiting: () => pending !== undefined,
    advance(duration: number) {
      const until = now + duration;
      while (pending !== undefined && pending.due <= until) {
        const { due, then } = pending;
        now = Math.max(now, due);
        pending = undefined;
        then();
      }
      now = until;
    },
    /** The thread is busy: time passes, and nothing runs. */
    block(duration: number) {
      now += duration;
    },
  };
};

const paced = () => {
  const clock = virtualClock();
  const errors: unknown[] = [];
  const pacer = createPacer({ clock, failed: (error) => errors.push(error) });
  const times: number[] = [];
  const remove = pacer.add(() => times.push(clock.now()));
  return { clock, pacer, times, errors, remove };
};
const gaps = (times: readonly number[]) => times.slice(1).map((time, index) => time - times[index]!);

test("a tick comes each 20 ms, for hours", () => {
  const { clock, times } = paced();
  clock.advance(3_600_000);
  expect(times).toHaveLength(180_001);
  expect(times.every((time, index) => time === 1_000 + 20 * index)).toBe(true);
});

test("a timer that fires a little early costs the tick nothing", () => {
  const clock = virtualClock();
  const early: PacerClock = {
    now: clock.now,
    wait: (duration, then) => clock.wait(Math.max(0.1, duration - 0.4), then),
  };
  const at: number[] = [];
  createPacer({ clock: early }).add(() => at.push(clock.now()));
  clock.advance(1_000);
  expect(at.length).toBeGreaterThanOrEqual(50);
  const late = at.map((time, index) => time - (at[0]! + index * 20));
  expect(Math.max(...late)).toBeLessThan(1);
});

test("after a short stall it catches up, one tick at a time, at most at twice the pace", () => {
  const { clock, pacer, times } = paced();
  clock.advance(100);
  clock.block(110);
  clock.advance(390);
  expect(times).toHaveLength(31);
  expect(Math.min(...gaps(times))).toBe(10);
  expect(pacer.dropped()).toBe(0);
  expect(times.slice(-5).every((time) => (time - 1_000) % 20 === 0)).toBe(true);
});

test("what is later than 200 ms is dropped, and nothing comes in a burst", () => {
  const { clock, pacer, times } = paced();
  clock.advance(100);
  clock.block(5_000);
  clock.advance(400);
  expect(pacer.dropped()).toBe(249);
  expect(Math.min(...gaps(times))).toBeGreaterThanOrEqual(10);
  expect(
    gaps(times)
      .slice(-10)
      .every((gap) => gap === 20),
  ).toBe(true);
});

test("a machine that slept goes on as if nothing had been", () => {
  const { clock, times } = paced();
  clock.block(8 * 3_600_000);
  clock.advance(200);
  expect(times.length).toBeLessThanOrEqual(12);
  expect(times.length).toBeGreaterThanOrEqual(10);
});

test("what the streams of a tick have gathered is asked for once, after them all", () => {
  const clock = virtualClock();
  const order: string[] = [];
  const pacer = createPacer({ clock, ticked: () => order.push("after") });
  pacer.add(() => order.push("one"));
  pacer.add(() => order.push("two"));
  clock.advance(20);
  expect(order).toEqual(["one", "two", "after", "one", "two", "after"]);
});

test("a tick that throws hinders no other, and is told of once until it works again", () => {
  const { clock, pacer, times, errors } = paced();
  let broken = true;
  pacer.add(() => {
    if (broken) throw new Error("broken");
  });
  clock.advance(100);
  expect(times).toHaveLength(6);
  expect(errors).toHaveLength(1);
  broken = false;
  clock.advance(20);
  broken = true;
  clock.advance(40);
  expect(errors).toHaveLength(2);
});

test("it stops when nobody is left, and begins again at once for the next one", () => {
  const { clock, pacer, times, remove } = paced();
  clock.advance(60);
  remove();
  clock.advance(60);
  expect(clock.waiting()).toBe(false);
  clock.advance(10_000);
  pacer.add(() => times.push(clock.now()));
  clock.advance(40);
  expect(times).toEqual([1_000, 1_020, 1_040, 1_060, 11_120, 11_140, 11_160]);
  expect(pacer.dropped()).toBe(0);
});

test("one that takes itself away, or adds another, within its tick disturbs nobody", () => {
  const { clock, pacer, times } = paced();
  const others: number[] = [];
  const remove = pacer.add(() => {
    remove();
    pacer.add(() => others.push(clock.now()));
  });
  clock.advance(60);
  expect(times).toHaveLength(4);
  expect(others.length).toBeGreaterThanOrEqual(3);
  pacer.stop();
  expect(clock.waiting()).toBe(false);
});
