import { REST, Routes } from "discord.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commands, messageCommands } from "../../src/commands/all.ts";
import { openDiscord } from "../../src/discord/client.ts";
import { register } from "../../src/discord/registration.ts";
import { id } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { minutes } from "../../src/kernel/units.ts";
import { openEmulatedBot } from "./emulatedBot.ts";

const SUPPRESS_NOTIFICATIONS = 1 << 12;

let bot: Awaited<ReturnType<typeof openEmulatedBot>>;

beforeAll(async () => {
  bot = await openEmulatedBot();
});

afterAll(async () => {
  await bot.close();
});

const panel = () => bot.emulator.messages("general").at(-1);
const isQuiet = () => panel()?.text.startsWith("-# Stopped") === true;

const stop = async () => {
  await bot.emulator.member("ana").slash("stop");
  await bot.emulator.waitUntil("the panel is quiet, and the bot out", () => isQuiet() && !bot.emulator.botChannel());
};

test("the commands are registered once, in every language", async () => {
  const { emulator } = bot;
  expect(
    emulator
      .commands()
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...commands, ...messageCommands].map(({ definition }) => definition.name).sort());
});

test("/play is answered to the caller alone, and the panel appears without a sound", async () => {
  const { emulator, sessions } = bot;
  const ana = await emulator.member("ana").join("lounge");
  const answer = await ana.slash("play", { sound: "rain" });
  expect(answer).toMatchObject({ ephemeral: true, text: expect.stringContaining("Rain on Glass") });
  await emulator.waitUntil("the panel is there", () => panel() !== undefined);
  expect(panel()?.text).toContain("Rain on Glass");
  expect((panel()?.flags ?? 0) & SUPPRESS_NOTIFICATIONS).toBe(SUPPRESS_NOTIFICATIONS);
  await emulator.waitUntil("the bot sits in the lounge", () => emulator.botChannel() === "lounge");
  expect(sessions.view(id(emulator.guildId))?.listeners).toEqual([ana.id]);
});

test("the panel's button pauses, and the same panel shows it", async () => {
  const { emulator } = bot;
  const before = panel()?.id;
  const answer = await emulator.member("ana").click("Pause");
  expect(answer.ephemeral).toBe(false);
  await emulator.waitUntil("the panel says so", () => panel()?.text.includes("Paused.") === true);
  expect(panel()?.id).toBe(before);
  await emulator.member("ana").slash("resume");
});

test("a stranger's button is answered to the stranger alone", async () => {
  const { emulator } = bot;
  const answer = await emulator.member("bo").click("Stop");
  expect(answer).toMatchObject({ ephemeral: true, text: expect.stringContaining("Join them, then") });
});

test("sounds are offered as they are typed", async () => {
  const choices = await bot.emulator.member("ana").autocomplete("play", "sound", "sho");
  expect(choices[0]).toEqual({ name: "Slow Shore · water", value: "ocean" });
});

test("/sounds browse turns to another kind in place", async () => {
  const ana = bot.emulator.member("ana");
  const shown = await ana.slash("sounds browse");
  expect(shown.text).toContain("Hearth");
  const rain = await ana.select("lull:sounds-trigger", ["rain"], shown);
  expect(rain.kind).toBe("update");
  expect(rain.text).toContain("Rain on Glass");
});

test("who comes and goes is known to the session", async () => {
  const { emulator, sessions } = bot;
  const listeners = () => sessions.view(id(emulator.guildId))?.listeners.length;
  await emulator.member("cleo").join("lounge");
  await emulator.waitUntil("two listen", () => listeners() === 2);
  await emulator.member("cleo").leave();
  await emulator.waitUntil("one listens", () => listeners() === 1);
});

test("a channel that is full, or closed to the bot, is said before anything is tried", async () => {
  const { emulator } = bot;
  const ana = emulator.member("ana");
  await stop();
  const cell = emulator.channel("cell", { userLimit: 1 });
  await ana.join("cell");
  expect((await ana.slash("play", { sound: "rain" })).text).toContain("is full");
  cell.setUserLimit(0);
  cell.denyBot("SPEAK");
  await emulator.waitUntil(
    "the bot knows",
    () => bot.discord.voiceChannels.channelOf(id(emulator.guildId), id(ana.id)) === cell.id,
  );
  expect((await ana.slash("play", { sound: "rain" })).text).toContain("Speak");
  cell.denyBot("CONNECT");
  expect((await ana.slash("play", { sound: "rain" })).text).toContain("Connect");
  await ana.join("lounge");
});

test("after /stop the panel is one quiet line", async () => {
  const { emulator } = bot;
  const ana = emulator.member("ana");
  await ana.slash("play", { sound: "ocean" });
  await emulator.waitUntil("a new panel is there", () => panel()?.text.includes("Slow Shore") === true);
  await stop();
  expect(JSON.stringify(panel()?.raw)).not.toContain("custom_id");
  expect((await ana.slash("now")).text).toContain("Nothing is playing");
});

test("a panel that somebody deleted comes back with the next change", async () => {
  const { emulator, discord } = bot;
  const ana = emulator.member("ana");
  await ana.slash("play", { sound: "ocean" });
  await emulator.waitUntil("a panel is there", () => panel()?.text.includes("Slow Shore") === true);
  const first = panel()?.id;
  emulator.faults.failRequests(/messages\/\d+$/, 404, 1);
  await ana.slash("pause");
  await emulator.waitUntil(
    "it is there again",
    () => panel()?.id !== first && panel()?.text.includes("Paused.") === true,
  );
  await stop();
  expect(await discord.guildsMissingPermissions()).toEqual([]);
  expect(bot.refusals).toEqual([]);
});

test("a panel older than an hour is replaced, not edited", async () => {
  const { emulator } = bot;
  const ana = emulator.member("ana");
  await ana.slash("play", { sound: "ocean" });
  await emulator.waitUntil("a panel is there", () => panel()?.text.includes("Slow Shore") === true);
  const count = emulator.messages("general").length;
  const first = panel()?.id;
  bot.later(minutes(56));
  await ana.slash("pause");
  await emulator.waitUntil(
    "a new one is there",
    () => panel()?.id !== first && panel()?.text.includes("Paused.") === true,
  );
  await emulator.waitUntil("the old one is gone", () => emulator.messages("general").length === count);
});

test("a panel that has scrolled away is replaced too", async () => {
  const { emulator } = bot;
  const ana = emulator.member("ana");
  const first = panel()?.id;
  const rest = new REST({ api: emulator.apiBase }).setToken(emulator.token);
  const { id: general } = emulator.channel("general");
  for (let i = 0; i < 10; i++) await rest.post(Routes.channelMessages(general), { body: { content: `line ${i}` } });
  bot.later(minutes(3));
  await ana.slash("resume");
  await emulator.waitUntil("it is the last message again", () => panel()?.text.includes("Slow Shore") === true);
  await emulator.waitUntil("the old one is gone", () => !emulator.messages("general").some((one) => one.id === first));
  await stop();
});

test("on the next start nothing is registered again", async () => {
  const { emulator } = bot;
  const rest = new REST({ api: emulator.apiBase }).setToken(emulator.token);
  const application = (await rest.get(Routes.currentApplication())) as { id: string };
  expect(await register(rest, application.id, commands, messageCommands)).toBe(false);
  expect(bot.discord.invite).toContain("scope=bot+applications.commands");
});

test("a wrong token is one sentence that names the variable", async () => {
  const opening = openDiscord({ token: "a.b.c", apiBase: bot.emulator.apiBase, log: silentLog, onRefused() {} });
  await expect(opening).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringMatching(/^DISCORD_TOKEN is not accepted/),
  });
});

test("an address where nobody answers is one sentence too", async () => {
  const opening = openDiscord({
    token: "a.b.c",
    apiBase: "http://127.0.0.1:9/api",
    log: silentLog,
    onRefused() {},
  });
  await expect(opening).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringMatching(/^DISCORD_API_BASE/),
  });
});

test("when the voice channel is deleted, the session ends, and the panel says why", async () => {
  const { emulator, sessions } = bot;
  const den = emulator.channel("den");
  const ana = await emulator.member("ana").join("den");
  await ana.slash("play", { sound: "ocean" });
  await emulator.waitUntil("the bot sits there", () => emulator.botChannel() === "den");
  den.delete();
  await emulator.waitUntil("the session is over", () => sessions.view(id(emulator.guildId)) === undefined);
  await emulator.waitUntil("the panel says so", () => panel()?.text.includes("The voice channel was removed") === true);
});

test("an outage ends nothing; a bot that is removed from the guild lets its session go", async () => {
  const { emulator, sessions } = bot;
  const ana = await emulator.member("ana").join("lounge");
  await ana.slash("play", { sound: "ocean" });
  emulator.faults.outage(true);
  emulator.faults.outage(false);
  await emulator.waitUntil("ana is heard again", () => sessions.view(id(emulator.guildId))?.listeners.length === 1);
  emulator.faults.kickBot();
  await emulator.waitUntil("the session is over", () => sessions.view(id(emulator.guildId)) === undefined);
});

test("when the gateway refuses the bot for good, the reason is told once", async () => {
  const { emulator, refusals } = bot;
  emulator.faults.closeGateway(4014);
  await emulator.waitUntil("the reason is told", () => refusals.length > 0);
  expect(refusals).toEqual([expect.objectContaining({ message: expect.stringContaining("intents") })]);
});
