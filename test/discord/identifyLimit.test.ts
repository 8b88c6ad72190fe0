import { expect, test } from "vitest";
import { openDiscord } from "../../src/discord/client.ts";
import { identifyRefusal } from "../../src/discord/identifyLimit.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { hours, minutes } from "../../src/kernel/units.ts";
import { openLullEmulator } from "../../src/rehearsal/lullEmulator.ts";

const limit = (remaining: number) => ({ total: 1_000, remaining, reset_after: hours(13) + minutes(5) });

test("a fifth of the day's log-ins is left, whatever the number of shards that log in", () => {
  expect(identifyRefusal(limit(201), 1)).toBeUndefined();
  expect(identifyRefusal(limit(216), 16)).toBeUndefined();
  expect(identifyRefusal(limit(215), 16)?.message).toMatch(/785 times in a day.*start it again in 14 hours\.$/);
});

test("a bot that starts again and again is refused in one sentence before it logs in, by Discord's own count", async () => {
  const emulator = await openLullEmulator({ gateway: { identifies: 202 } });
  const start = () => openDiscord({ token: emulator.token, apiBase: emulator.apiBase, log: silentLog, onRefused() {} });
  for (const _ of [1, 2]) await (await start()).close();
  await expect(start()).rejects.toMatchObject({ name: "UserError", code: "gateway-refused" });
  expect(emulator.shards()).toEqual([]);
  await emulator.close();
});
