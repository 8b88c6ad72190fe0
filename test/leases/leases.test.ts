import { expect, test } from "vitest";
import { seconds } from "../../src/kernel/units.ts";
import { leaseTimes } from "../../src/leases/leaseHolder.ts";
import { runLeases } from "./leaseWorld.ts";

const TIMES = leaseTimes(seconds(10));

/** `npm run leases` goes through ten thousand. */
const SEEDS = 200;

test("whatever fails, no two replicas send for a shard, and it sounds again soon after", () => {
  const runs = Array.from({ length: SEEDS }, (_, seed) => ({ seed, ...runLeases(seed, TIMES) }));
  expect(runs.filter(({ violations }) => violations.length > 0)).toEqual([]);
  expect(runs.filter(({ recovery }) => recovery > seconds(20))).toEqual([]);
  // The faults do happen: the lease goes round, and most of the time somebody has it.
  expect(runs.reduce((sum, { takings }) => sum + takings, 0)).toBeGreaterThan(5 * SEEDS);
  expect(runs.reduce((sum, { packets }) => sum + packets, 0)).toBeGreaterThan(500 * SEEDS);
});

test("the runs find it where replicas believe in a longer lease than the database grants", () => {
  const found = Array.from({ length: SEEDS }, (_, seed) => runLeases(seed, TIMES, TIMES.term * 0.9));
  expect(found.some(({ violations }) => violations.some((one) => one.includes("sent with token")))).toBe(true);
});
