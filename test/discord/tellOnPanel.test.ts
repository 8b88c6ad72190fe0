import { afterAll, beforeAll, expect, test } from "vitest";
import { type ChannelId, type GuildId, id, type MessageId } from "../../src/kernel/ids.ts";
import { plain } from "../../src/kernel/text.ts";
import { openRehearsed } from "./rehearsed.ts";

let house: Awaited<ReturnType<typeof openRehearsed>>;

beforeAll(async () => {
  house = await openRehearsed();
});
afterAll(() => house.close());

test("in the morning the panel that is over gets one more line, silently, and names ping nobody", async () => {
  const { evening, discord, sessions } = house;
  const guild = id<GuildId>(evening.guildId);
  const ana = await evening.member("ana").join("lounge");
  await ana.slash("play", { sound: "rain-window" });
  await evening.waitUntil("the panel is there", () => sessions.view(guild)?.posted !== undefined);
  const posted = sessions.view(guild)!.posted!;
  await ana.slash("stop");
  const panel = () => evening.messages("general").find((message) => message.id === posted.message);
  await evening.waitUntil("it is over", () => /Stopped at/.test(panel()?.text ?? ""));
  await discord.tellOnPanel(guild, posted, plain(`Good morning. One in all: <@${ana.id}>.`));
  expect(panel()?.text).toMatch(/Stopped at[\s\S]*Good morning\. One in all/);
  expect(panel()?.raw.mentions).toEqual([]);
  expect(evening.messages("general")).toHaveLength(1);
  const gone = { ...posted, message: id<MessageId>("1") };
  await expect(discord.tellOnPanel(guild, gone, plain("Good morning."))).rejects.toThrow();
  await expect(
    discord.tellOnPanel(guild, { ...posted, channel: id<ChannelId>("1") }, plain("Good morning.")),
  ).rejects.toThrow();
});
