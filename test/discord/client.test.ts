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

const panel = () => bot.evening.messages("general").at(-1);
const isQuiet = () => panel()?.text.startsWith("-# Stopped") === true;

const stop = async () => {
  await bot.evening.member("ana").slash("stop");
  await bot.evening.until("the panel is quiet, and the bot out", () => isQuiet() && !bot.evening.botChannel());
};

test("the commands are registered once, in every language", async () => {
  const { evening } = bot;
  expect(
    evening
      .commands()
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...commands, ...messageCommands].map(({ definition }) => definition.name).sort());
});

test("/play is answered to the caller alone, and the panel appears without a sound", async () => {
  const { evening, sessions } = bot;
  const ana = await evening.member("ana").join("lounge");
  const answer = await ana.slash("play", { sound: "rain" });
  expect(answer).toMatchObject({ ephemeral: true, text: expect.stringContaining("Rain on Glass") });
  await evening.until("the panel is there", () => panel() !== undefined);
  expect(panel()?.text).toContain("Rain on Glass");
  expect((panel()?.flags ?? 0) & SUPPRESS_NOTIFICATIONS).toBe(SUPPRESS_NOTIFICATIONS);
  await evening.until("the bot sits in the lounge", () => evening.botChannel() === "lounge");
  expect(sessions.view(id(evening.guild))?.listeners).toEqual([ana.id]);
});

test("the panel's button pauses, and the same panel shows it", async () => {
  const { evening } = bot;
  const before = panel()?.id;
  const answer = await evening.member("ana").click("Pause");
  expect(answer.ephemeral).toBe(false);
  await evening.until("the panel says so", () => panel()?.text.includes("Paused.") === true);
  expect(panel()?.id).toBe(before);
  await evening.member("ana").slash("resume");
});

test("a stranger's button is answered to the stranger alone", async () => {
  const { evening } = bot;
  const answer = await evening.member("bo").click("Stop");
  expect(answer).toMatchObject({ ephemeral: true, text: expect.stringContaining("Join them there") });
});

test("sounds are offered as they are typed", async () => {
  const choices = await bot.evening.member("ana").autocomplete("play", "sound", "sho");
  expect(choices[0]).toEqual({ name: "Slow Shore · water", value: "ocean" });
});

test("/sounds browse turns to another kind in place", async () => {
  const ana = bot.evening.member("ana");
  const shown = await ana.slash("sounds browse");
  expect(shown.text).toContain("Hearth");
  const rain = await ana.select("lull:sounds-trigger", ["rain"], shown);
  expect(rain.kind).toBe("update");
  expect(rain.text).toContain("Rain on Glass");
});

test("who comes and goes is known to the session", async () => {
  const { evening, sessions } = bot;
  const listeners = () => sessions.view(id(evening.guild))?.listeners.length;
  await evening.member("cleo").join("lounge");
  await evening.until("two listen", () => listeners() === 2);
  await evening.member("cleo").leave();
  await evening.until("one listens", () => listeners() === 1);
});

test("a channel that is full, or closed to the bot, is said before anything is tried", async () => {
  const { evening } = bot;
  const ana = evening.member("ana");
  await stop();
  const cell = evening.channel("cell", { userLimit: 1 });
  await ana.join("cell");
  expect((await ana.slash("play", { sound: "rain" })).text).toContain("is full");
  cell.setUserLimit(0);
  cell.denyBot("SPEAK");
  await evening.until(
    "the bot knows",
    () => bot.discord.voiceChannels.channelOf(id(evening.guild), id(ana.id)) === cell.id,
  );
  expect((await ana.slash("play", { sound: "rain" })).text).toContain("Speak");
  cell.denyBot("CONNECT");
  expect((await ana.slash("play", { sound: "rain" })).text).toContain("Connect");
  await ana.join("lounge");
});

test("after /stop the panel is one quiet line", async () => {
  const { evening } = bot;
  const ana = evening.member("ana");
  await ana.slash("play", { sound: "ocean" });
  await evening.until("a new panel is there", () => panel()?.text.includes("Slow Shore") === true);
  await stop();
  expect(JSON.stringify(panel()?.raw)).not.toContain("custom_id");
  expect((await ana.slash("now")).text).toContain("Nothing is playing");
});

test("a panel that somebody deleted comes back with the next change", async () => {
  const { evening, discord } = bot;
  const ana = evening.member("ana");
  await ana.slash("play", { sound: "ocean" });
  await evening.until("a panel is there", () => panel()?.text.includes("Slow Shore") === true);
  const first = panel()?.id;
  evening.faults.failRest(/messages\/\d+$/, 404, 1);
  await ana.slash("pause");
  await evening.until("it is there again", () => panel()?.id !== first && panel()?.text.includes("Paused.") === true);
  await stop();
  expect(discord.guildsMissingPermissions()).toEqual([]);
  expect(bot.refusals).toEqual([]);
});

test("a panel older than an hour is replaced, not edited", async () => {
  const { evening } = bot;
  const ana = evening.member("ana");
  await ana.slash("play", { sound: "ocean" });
  await evening.until("a panel is there", () => panel()?.text.includes("Slow Shore") === true);
  const count = evening.messages("general").length;
  const first = panel()?.id;
  bot.later(minutes(56));
  await ana.slash("pause");
  await evening.until("a new one is there", () => panel()?.id !== first && panel()?.text.includes("Paused.") === true);
  await evening.until("the old one is gone", () => evening.messages("general").length === count);
});

test("a panel that has scrolled away is replaced too", async () => {
  const { evening } = bot;
  const ana = evening.member("ana");
  const first = panel()?.id;
  const rest = new REST({ api: evening.apiBase }).setToken(evening.token);
  const { id: general } = evening.channel("general");
  for (let i = 0; i < 10; i++) await rest.post(Routes.channelMessages(general), { body: { content: `line ${i}` } });
  bot.later(minutes(3));
  await ana.slash("resume");
  await evening.until("it is the last message again", () => panel()?.text.includes("Slow Shore") === true);
  await evening.until("the old one is gone", () => !evening.messages("general").some((one) => one.id === first));
  await stop();
});

test("on the next start nothing is registered again", async () => {
  const { evening } = bot;
  const rest = new REST({ api: evening.apiBase }).setToken(evening.token);
  const application = (await rest.get(Routes.currentApplication())) as { id: string };
  expect(await register(rest, application.id, commands, messageCommands)).toBe(false);
  expect(bot.discord.invite).toContain("scope=bot+applications.commands");
});

test("a wrong token is one sentence that names the variable", async () => {
  const opening = openDiscord({ token: "a.b.c", apiBase: bot.evening.apiBase, log: silentLog, onRefused() {} });
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
  const { evening, sessions } = bot;
  const den = evening.channel("den");
  const ana = await evening.member("ana").join("den");
  await ana.slash("play", { sound: "ocean" });
  await evening.until("the bot sits there", () => evening.botChannel() === "den");
  den.delete();
  await evening.until("the session is over", () => sessions.view(id(evening.guild)) === undefined);
  await evening.until("the panel says so", () => panel()?.text.includes("The voice channel was gone") === true);
});

test("an outage ends nothing; a bot that is removed from the guild lets its session go", async () => {
  const { evening, sessions } = bot;
  const ana = await evening.member("ana").join("lounge");
  await ana.slash("play", { sound: "ocean" });
  evening.faults.outage(true);
  evening.faults.outage(false);
  await evening.until("ana is heard again", () => sessions.view(id(evening.guild))?.listeners.length === 1);
  evening.faults.kickBot();
  await evening.until("the session is over", () => sessions.view(id(evening.guild)) === undefined);
});

test("when the gateway refuses the bot for good, the reason is told once", async () => {
  const { evening, refusals } = bot;
  evening.faults.dropGateway(4014);
  await evening.until("the reason is told", () => refusals.length > 0);
  expect(refusals).toEqual([expect.objectContaining({ message: expect.stringContaining("intents") })]);
});
