import { expect, test } from "vitest";
import { fuzzInteractions } from "./interactions.ts";

test("random interactions by members with random rights are all answered, without an error or an escalation", {
  timeout: 60_000,
}, async () => {
  // `npm run fuzz -- --actions 100000` does the whole number.
  const { faults, kinds } = await fuzzInteractions({ actions: 600, seed: 1 });
  expect(faults).toEqual([]);
  expect(kinds.size).toBe(5);
});
