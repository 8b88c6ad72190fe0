import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { id } from "../../src/kernel/ids.ts";
import { openEmulatedBot } from "./emulatedBot.ts";

let bot: Awaited<ReturnType<typeof openEmulatedBot>>;

beforeAll(async () => {
  bot = await openEmulatedBot();
  for (const name of ["lounge", "loft"]) bot.emulator.channel(name);
});

afterAll(async () => {
  await bot.close();
});

afterEach(async () => {
  bot.emulator.timeOutBot(0);
  bot.emulator.setAfkChannel(undefined);
});

/** What only the server's hosts may do, as slash commands with their options. */
const FOR_GUILD_HOSTS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ["settings", {}],
  ["evening design", {}],
  ["evening schedule", { programme: "sleep", at: "22:30" }],
  ["sounds add", {}],
  ["sounds edit", { sound: "gutter", title: "Gutter" }],
  ["sounds remove", { sound: "gutter" }],
  ["whisper", { text: "Sleep well" }],
];

test.each(FOR_GUILD_HOSTS)(
  "/%s is refused to a member with permissions in one channel only",
  async (command, options) => {
    const { emulator } = bot;
    const mallory = await emulator.member("mallory").join("lounge");
    for (const channel of ["lounge", "general"])
      emulator.channel(channel).allowMember("mallory", "MANAGE_GUILD", "MANAGE_EVENTS");
    const answer = await mallory.slash(command, options);
    expect(answer).toMatchObject({ ephemeral: true, text: expect.stringMatching(/host|Manage/i) });
  },
);

test("/settings opens for a member whose role has Manage Events", async () => {
  const { emulator } = bot;
  const hana = emulator.member("hana", { roles: [emulator.role("Hosts", { permissions: ["MANAGE_EVENTS"] }).id] });
  const answer = await hana.slash("settings");
  expect(answer.text).not.toMatch(/only/i);
});

test("a member with Manage Events in a voice channel decides what plays there, and nowhere else", async () => {
  const { emulator, sessions } = bot;
  const [ana, bo, cy] = [
    await emulator.member("ana").join("lounge"),
    await emulator.member("bo").join("lounge"),
    await emulator.member("cy").join("lounge"),
  ];
  emulator.channel("lounge").allowMember("cy", "MANAGE_EVENTS");
  emulator.channel("loft").allowMember("bo", "MANAGE_EVENTS");
  await ana.slash("play", { sound: "rain" });
  // Bo is a host of the loft: in the lounge the vote of one is not enough once votes are on.
  await bot.emulator.waitUntil("it plays", () => sessions.view(id(emulator.guildId))?.status === "playing");
  const rules = sessions.view(id(emulator.guildId))?.rules;
  if (rules === undefined) throw new Error("There is no session");
  await sessions.dispatch(id(emulator.guildId), { type: "settingsChanged", rules: { ...rules, votes: true } });
  await bo.slash("stop");
  expect(sessions.view(id(emulator.guildId))?.status).toBe("playing");
  await cy.slash("stop");
  await emulator.waitUntil("it has stopped", () => sessions.view(id(emulator.guildId))?.status !== "playing");
});

test("a bot in time-out says so instead of promising a sound, and /doctor names it", async () => {
  const { emulator } = bot;
  const ana = await emulator.member("ana").join("lounge");
  await emulator.waitUntil("the bot has left", () => emulator.botChannel() === undefined);
  emulator.timeOutBot(60_000);
  await expect.poll(async () => (await ana.slash("play", { sound: "rain" })).text).toMatch(/time-out/);
  expect((await ana.slash("doctor")).text).toMatch(/time-out until/);
});

test("the AFK channel is refused, and not taken for a stage", async () => {
  const { emulator } = bot;
  emulator.setAfkChannel("loft");
  const ana = await emulator.member("ana").join("loft");
  await expect.poll(async () => (await ana.slash("play", { sound: "rain" })).text).toMatch(/inactive channel/);
  expect((await ana.slash("doctor")).text).toMatch(/inactive channel/);
});

test("a panel whose channel is deleted is posted in the voice channel's own chat", async () => {
  const { emulator } = bot;
  emulator.channel("chat", { kind: "text" });
  const ana = await emulator.member("ana").join("lounge");
  await ana.slash("play", { sound: "rain" }, { channel: "chat" });
  await emulator.waitUntil("the panel is there", () => emulator.messages("chat").length > 0);
  emulator.channel("chat").delete();
  await ana.slash("pause");
  await emulator.waitUntil("a new panel is there", () => emulator.messages("lounge").length > 0);
  expect(emulator.messages("lounge").at(-1)?.text).toContain("Paused");
});
