import { afterEach, expect, test } from "vitest";
import { type ChannelId, type GuildId, type HelperId, id, type UserId } from "../../src/kernel/ids.ts";
import { soundQueued } from "../session/sessionFixture.ts";
import { openEmulatedBot } from "./emulatedBot.ts";

/** Of the right shape, for a bot that there is not. */
const stranger = id<HelperId>("1000000000000000001");
const STRANGE = `${Buffer.from(stranger).toString("base64url")}.no.such-bot`;

let bot: Awaited<ReturnType<typeof openEmulatedBot>>;
afterEach(() => bot.close());

test("a helper speaks where the bot is busy; one whose token is refused is named, and nothing waits for it", async () => {
  bot = await openEmulatedBot({ helperTokens: new Map([[stranger, STRANGE]]) }, { helpers: 1 });
  const { emulator, discord, sessions, news } = bot;
  await discord.helpers.ready;
  const [helper] = emulator.helpers;
  const guild = id<GuildId>(emulator.guildId);
  expect(discord.helpers.in(guild)).toEqual([helper?.id]);
  expect(news.join("\n")).toMatch(/second voice helps, and only speaks\. Invite it with https:/);
  expect(news.join("\n")).toContain(
    "Helper 2 of DISCORD_HELPER_TOKENS could not log in (Discord does not accept its token). Lull goes on without its voice.",
  );
  const [ana, bo] = await Promise.all([emulator.member("ana").join("lounge"), emulator.member("bo").join("loft")]);
  const at = (name: string) => id<ChannelId>(emulator.channel(name).id);
  const panel = at("general");
  await sessions.dispatch(guild, soundQueued("ocean", { channel: at("lounge"), by: id<UserId>(ana.id), panel }));
  await sessions.dispatch(guild, soundQueued("fire", { channel: at("loft"), by: id<UserId>(bo.id), panel }));
  await emulator.waitUntil("both are there", () => emulator.botChannel(helper?.name) === "loft");
  expect(emulator.botChannel()).toBe("lounge");
  // A helper is nobody who listens.
  expect(discord.voiceChannels.listeners(guild, at("loft"))).toEqual([bo.id]);
  expect(discord.channelAccess.accessProblem(guild, at("loft"), id<HelperId>(helper!.id))).toBeUndefined();
  emulator.channel("loft").delete();
  await emulator.waitUntil("the other goes on", () => sessions.all(guild).length === 1);
  expect(sessions.view(guild, at("lounge"))?.now?.title).toBe("ocean");
  expect(bot.refusals).toEqual([]);
});

test("during an outage there is no helper to ask, and afterwards there is", async () => {
  bot = await openEmulatedBot({}, { helpers: 1 });
  const { emulator, discord } = bot;
  await discord.helpers.ready;
  const guild = id<GuildId>(emulator.guildId);
  const helper = id<HelperId>(emulator.helpers[0]!.id);
  emulator.faults.outage(true);
  await emulator.waitUntil("it is away", () => discord.helpers.in(guild).length === 0);
  expect(discord.helpers.mayBeIn(guild, helper)).toBe(true);
  emulator.faults.outage(false);
  await emulator.waitUntil("it is back", () => discord.helpers.in(guild).length === 1);
  expect(discord.helpers.mayBeIn(guild, stranger)).toBe(false);
});
