import { expect, test } from "vitest";
import { fuzzVirtualTime } from "./virtualTime.ts";

test("random interactions by members with random rights are all answered, without an error or an escalation", {
  timeout: 120_000,
}, async () => {
  // `npm run fuzz -- --virtual 100000` does as many as are wanted; test/e2e/fuzz.test.ts does them on the whole bot.
  const { faults, kinds } = await fuzzVirtualTime({ actions: 600, seed: 1 });
  expect(faults).toEqual([]);
  expect(kinds.size).toBe(5);
});
