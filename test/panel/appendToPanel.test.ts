import { afterAll, beforeAll, expect, test } from "vitest";
import { plain } from "../../src/i18n/message.ts";
import { type ChannelId, type GuildId, id, type MessageId } from "../../src/kernel/ids.ts";
import { openEmulatedBot } from "../discord/emulatedBot.ts";

let bot: Awaited<ReturnType<typeof openEmulatedBot>>;

beforeAll(async () => {
  bot = await openEmulatedBot();
});
afterAll(() => bot.close());

test("in the morning the panel that is over gets one more line, silently, and names ping nobody", async () => {
  const { emulator, discord, sessions } = bot;
  const guild = id<GuildId>(emulator.guildId);
  const ana = await emulator.member("ana").join("lounge");
  await ana.slash("play", { sound: "rain-window" });
  await emulator.waitUntil("the panel is there", () => sessions.view(guild)?.posted !== undefined);
  const posted = sessions.view(guild)!.posted!;
  await ana.slash("stop");
  const panel = () => emulator.messages("general").find((message) => message.id === posted.message);
  await emulator.waitUntil("it is over", () => /Stopped at/.test(panel()?.text ?? ""));
  await discord.appendToPanel(guild, posted, plain(`Good morning. One in all: <@${ana.id}>.`));
  expect(panel()?.text).toMatch(/Stopped at[\s\S]*Good morning\. One in all/);
  expect(panel()?.raw.mentions).toEqual([]);
  expect(emulator.messages("general")).toHaveLength(1);
  const gone = { ...posted, message: id<MessageId>("1") };
  await expect(discord.appendToPanel(guild, gone, plain("Good morning."))).rejects.toThrow();
  await expect(
    discord.appendToPanel(guild, { ...posted, channel: id<ChannelId>("1") }, plain("Good morning.")),
  ).rejects.toThrow();
});
