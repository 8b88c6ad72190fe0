import { EndBehaviorType } from "@discordjs/voice";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startVoiceServer } from "../src/voice/voiceServer.ts";
import { ana, createBot, guild, lounge, bot as self, trust, until } from "./support/voiceBot.ts";

let server: Awaited<ReturnType<typeof startVoiceServer>>;
beforeAll(async () => {
  server = await startVoiceServer();
  trust(server.certificateAuthority);
});
afterAll(() => server.close());

test("what a member says reaches the bot, end-to-end encrypted, unless it is deaf", async () => {
  const bot = createBot(server);
  const listener = server.join(guild, lounge, ana);
  bot.join();
  await bot.ready();
  await listener.ready();
  const speakers: string[] = [];
  const heard: Buffer[] = [];
  const { receiver } = bot.connection();
  receiver.speaking.on("start", (user) => speakers.push(user));
  receiver.subscribe(ana, { end: { behavior: EndBehaviorType.Manual } }).on("data", (opus: Buffer) => heard.push(opus));

  await listener.speak(100);
  await until("all is heard", () => heard.length >= 10);
  expect(new Set(speakers)).toEqual(new Set([ana]));
  expect(heard.slice(0, 5).every((opus) => opus[0] === 0xfc && opus.length === 60)).toBe(true);

  server.setDeaf(guild, self, true);
  const before = heard.length;
  await listener.speak(40);
  server.setDeaf(guild, self, false);
  await listener.speak(20);
  await until("the last is heard", () => heard.length >= before + 6);
  expect(heard).toHaveLength(before + 6);
  bot.leave();
  listener.leave();
  await until("the bot has gone", () => server.connection(guild) === undefined);
  expect(bot.errors).toEqual([]);
  expect(server.violations).toEqual([]);
});
