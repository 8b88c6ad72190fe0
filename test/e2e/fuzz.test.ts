import { expect, test } from "vitest";
import { seconds } from "../../src/kernel/units.ts";
import { fuzzWholeBot } from "../fuzz/wholeBot.ts";

test("the whole bot answers what random members with random rights do, logs nothing, and gives nobody more rights", {
  timeout: seconds(180),
}, async () => {
  // `npm run fuzz -- --actions 100000` does as many as are wanted, in twelve guilds.
  const { actions, faults, kinds } = await fuzzWholeBot({ actions: 200, guilds: 2, seed: 1 });
  expect(faults).toEqual([]);
  expect(actions).toBe(200);
  for (const kind of ["command", "autocomplete", "button", "select", "form", "message command"])
    expect(kinds.get(kind) ?? 0, kind).toBeGreaterThan(0);
});
