import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDiscord } from "../../src/discord/client.ts";
import { identifyLimitReached, MAX_IDENTIFIES, recentIdentifies } from "../../src/discord/identifyLimit.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { hours, minutes } from "../../src/kernel/units.ts";
import { openLullEmulator } from "../../src/rehearsal/lullEmulator.ts";

const now = 1_800_000_000_000;
const full = Array.from({ length: MAX_IDENTIFIES }, (_, index) => now - hours(10) + index);

test("two hundred log-ins in a day are enough; a day later they count no more", () => {
  expect(identifyLimitReached(full.slice(1), now)).toBeUndefined();
  expect(identifyLimitReached(full, now)?.message).toMatch(/200 times in a day.*start it again in 14 hours\.$/);
  expect(identifyLimitReached(full, now + hours(14) + minutes(1))).toBeUndefined();
});

test("a clock that is set back forgets none of them, and the list never grows", () => {
  expect(identifyLimitReached(full, now - hours(11))).toBeDefined();
  expect(recentIdentifies([...full, ...full], now)).toHaveLength(MAX_IDENTIFIES);
});

test("a bot that starts again and again is counted over its starts, and refused in one sentence before it logs in", async () => {
  const folder = await mkdtemp(join(tmpdir(), "lull-identifies-"));
  const identifyFile = join(folder, "identifies.json");
  const counted = async () => (JSON.parse(await readFile(identifyFile, "utf8")) as number[]).length;
  const emulator = await openLullEmulator();
  const start = () =>
    openDiscord({ token: emulator.token, apiBase: emulator.apiBase, identifyFile, log: silentLog, onRefused() {} });
  await writeFile(identifyFile, "not json");
  for (const times of [1, 2]) {
    const discord = await start();
    expect(await counted()).toBe(times);
    await discord.close();
  }
  const soon = Date.now() - hours(1);
  await writeFile(identifyFile, JSON.stringify(Array.from({ length: MAX_IDENTIFIES - 1 }, () => soon)));
  const last = await start();
  await last.close();
  await expect(start()).rejects.toMatchObject({ name: "UserError", code: "gateway-refused" });
  expect(await counted()).toBe(MAX_IDENTIFIES);
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});
