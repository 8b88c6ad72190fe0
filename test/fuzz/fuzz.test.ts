import { expect, test } from "vitest";
import { fuzz } from "./fuzz.ts";

test("files that are damaged in a hundred ways are taken or refused: no crash, no hang, no file left behind", {
  timeout: 120_000,
}, async () => {
  // `npm run fuzz` takes in 20,000; these are the first of them.
  const { outcomes, faults, left } = await fuzz({ count: 80 });
  expect(faults).toEqual([]);
  expect(left).toEqual([]);
  expect(outcomes.get("taken")).toBeGreaterThan(5);
  expect(outcomes.get("damaged-file")).toBeGreaterThan(5);
});
