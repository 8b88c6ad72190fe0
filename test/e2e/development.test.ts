import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seconds } from "../../src/kernel/units.ts";
import { READY_LINE } from "../../src/terminal.ts";
import { openRehearsal, type Rehearsal } from "./openRehearsal.ts";

let sources: string;
let rehearsal: Rehearsal;

beforeAll(async () => {
  sources = await mkdtemp(join(tmpdir(), "lull-sources-"));
  // What `npm run dev` passes on, with a folder of the test's own in place of src.
  rehearsal = await openRehearsal({
    sounds: ["brown-noise"],
    nodeOptions: [`--watch-path=${sources}`, "--watch-preserve-output"],
  });
});
afterAll(async () => {
  await rehearsal.close();
  await rm(sources, { recursive: true, force: true });
});

test("npm run dev restarts the bot when a file is saved, and the sound continues", async () => {
  const ana = rehearsal.member("ana");
  await ana.join("lounge");
  await ana.slash("play", { sound: "brown-noise" });
  const hearsSound = async () => (await rehearsal.listen(seconds(1), { channel: "lounge" })).packets > 25;
  while (!(await hearsSound()));

  await writeFile(join(sources, "changed.ts"), "");
  const starts = () => rehearsal.bot().lines.filter((line) => line === READY_LINE).length;
  await rehearsal.waitUntil("the bot has restarted", () => starts() === 2, seconds(30));
  while (!(await hearsSound()));
  expect(rehearsal.violations).toEqual([]);
});
