import type { Emulator } from "discord-emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDiscord } from "../../src/discord/client.ts";
import { type GuildId, id } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { openLullEmulator } from "../../src/rehearsal/lullEmulator.ts";
import { openEmulatedBot } from "./emulatedBot.ts";

/** Of two shards, the first carries this guild: `(id >> 22) % 2` is 0. The emulator's own guild is on the second. */
const ON_FIRST = id<GuildId>(String(2n << 22n));

let bot: Awaited<ReturnType<typeof openEmulatedBot>>;
const early = (emulator: Emulator) => emulator.createGuild("Early", { id: ON_FIRST });

beforeAll(async () => {
  bot = await openEmulatedBot({}, { gateway: { shards: 2, maxConcurrency: 1 }, prepare: early });
});
afterAll(() => bot.close());

test("a shard is served while the next one still waits for its turn, and then both are", async () => {
  const { emulator, discord, shardResume } = bot;
  const later = id<GuildId>(emulator.guildId);
  expect(emulator.shards()).toEqual([[0, 2]]);
  expect([discord.isInGuild(ON_FIRST), discord.isInGuild(later)]).toEqual([true, false]);
  expect([shardResume.has(ON_FIRST), shardResume.has(later)]).toEqual([true, false]);

  const ana = await early(emulator).member("ana").join("lounge");
  expect((await ana.slash("play", { sound: "rain" })).text).toContain("Rain on Glass");
  await emulator.waitUntil("the bot is there", () => early(emulator).botChannel() === "lounge");
  expect(emulator.shards()).toHaveLength(1);

  await discord.shards.allReady;
  expect(emulator.shards()).toEqual([
    [0, 2],
    [1, 2],
  ]);
  await emulator.waitUntil("what was running there is back", () => shardResume.has(later));
  const bo = await emulator.member("bo").join("loft");
  await bo.slash("play", { sound: "rain" });
  await emulator.waitUntil("the bot is in both", () => emulator.botChannel() === "loft");
  expect(early(emulator).botChannel()).toBe("lounge");
});

test("the number is Discord's or the operator's; shards that cannot be are refused in a sentence", async () => {
  const emulator = await openLullEmulator({ gateway: { shards: 3, guildsPerShard: 0 } });
  const open = (shards: Parameters<typeof openDiscord>[0]["shards"]) =>
    openDiscord({
      token: emulator.token,
      apiBase: emulator.apiBase,
      log: silentLog,
      onRefused() {},
      ...(shards && { shards }),
    });
  const empty = await open({ count: "auto", ids: [0] });
  expect([empty.shards.count, empty.shards.ids()]).toEqual([3, [0]]);
  const guilds = [3n, 4n, 5n].map((number) => id<GuildId>(String(number << 22n)));
  expect(guilds.map(empty.shards.carries)).toEqual([true, false, false]);
  await empty.close();
  await expect(open({ count: 2, ids: [2] })).rejects.toMatchObject({ message: expect.stringContaining("LULL_SHARDS") });
  await expect(open({ count: 1 })).rejects.toMatchObject({
    message: expect.stringContaining("LULL_SHARDS is too small"),
  });
  await emulator.close();
});
