import { GuildScheduledEventEntityType, GuildScheduledEventPrivacyLevel, type TextChannel } from "discord.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openEmulator } from "../src/emulator.ts";
import { logIn, openPlainBot } from "./support/plainBot.ts";

let plain: Awaited<ReturnType<typeof openPlainBot>>;
let general: TextChannel;
beforeAll(async () => {
  plain = await openPlainBot();
  general = plain.client.channels.cache.get(plain.emulator.channel("general").id) as TextChannel;
});
afterAll(() => plain.close());

test("a request that is limited is made again after the time it was told to wait", async () => {
  plain.emulator.faults.failRequests(/\/messages$/, 429, 1, 0.3);
  const begun = performance.now();
  await general.send("patience");
  expect(performance.now() - begun).toBeGreaterThan(290);
  expect(plain.emulator.messages().map(({ text }) => text)).toEqual(["patience"]);
});

test("discord.js tries again where Discord fails or hangs up", async () => {
  plain.emulator.faults.failRequests(/\/users\/@me$/, 502, 1);
  plain.emulator.faults.resetRequests(/\/users\/@me$/, 1);
  expect(await plain.client.rest.get("/users/@me")).toMatchObject({ username: "Bot" });
  expect(await plain.client.rest.get("/users/@me/guilds")).toMatchObject([{ id: plain.emulator.guildId }]);
});

test("an answer can be held back", async () => {
  plain.emulator.faults.delayRequests(/\/users\/@me$/, 200, 1);
  const begun = performance.now();
  await plain.client.rest.get("/users/@me");
  expect(performance.now() - begun).toBeGreaterThan(190);
});

test("every answer says how much of its limit is left, and more writing than Discord takes is held up", async () => {
  const { emulator } = plain;
  const send = () =>
    fetch(`${emulator.apiBase}/v10/channels/${emulator.channel("loft").id}/messages`, {
      method: "POST",
      headers: { authorization: `Bot ${emulator.token}`, "content-type": "application/json" },
      body: JSON.stringify({ content: "a" }),
    });
  const answers = [await send(), await send(), await send(), await send(), await send(), await send()];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
  expect(answers.map(({ headers }) => headers.get("x-ratelimit-remaining"))).toEqual(["4", "3", "2", "1", "0", "0"]);
  expect(await answers[5]!.json()).toMatchObject({ message: "You are being rate limited.", global: false });
});

test("a wrong token opens nothing", async () => {
  const refused = await fetch(`${plain.emulator.apiBase}/v10/users/@me`, { headers: { authorization: "Bot wrong" } });
  expect(refused.status).toBe(401);
});

test("scheduled events are made, changed and taken away by a bot that may", async () => {
  const { emulator, client } = plain;
  const guild = client.guilds.cache.get(emulator.guildId)!;
  const event = {
    name: "Rain at ten",
    entityType: GuildScheduledEventEntityType.Voice,
    privacyLevel: GuildScheduledEventPrivacyLevel.GuildOnly,
    scheduledStartTime: Date.now() + 3_600_000,
    channel: emulator.channel("lounge").id,
  } as const;
  emulator.revokeBot("CREATE_EVENTS");
  await expect(guild.scheduledEvents.create(event)).rejects.toMatchObject({ code: 50_013 });
  emulator.grantBot("CREATE_EVENTS");
  const made = await guild.scheduledEvents.create(event);
  await made.edit({ name: "Rain at eleven" });
  expect((await guild.scheduledEvents.fetch()).map(({ name }) => name)).toEqual(["Rain at eleven"]);
  await made.delete();
  await expect(guild.scheduledEvents.fetch({ guildScheduledEvent: made.id, force: true })).rejects.toMatchObject({
    code: 10_070,
  });
});

test("the status of a voice channel is for those who may set it, up to 500 characters", async () => {
  const { emulator, client } = plain;
  const lounge = emulator.channel("lounge");
  const set = (status: string) => client.rest.put(`/channels/${lounge.id}/voice-status`, { body: { status } });
  emulator.revokeBot("SET_VOICE_CHANNEL_STATUS");
  await expect(set("Rain")).rejects.toMatchObject({ code: 50_013 });
  emulator.grantBot("SET_VOICE_CHANNEL_STATUS");
  await set("Rain");
  expect(emulator.channels().find(({ name }) => name === "lounge")?.status).toBe("Rain");
});

test("members are moved by a bot that may move them", async () => {
  const { emulator, client } = plain;
  const ana = await emulator.member("ana").join("lounge");
  const member = await client.guilds.cache.get(emulator.guildId)!.members.fetch(ana.id);
  await expect(member.voice.setChannel(emulator.channel("loft").id)).rejects.toMatchObject({ code: 50_013 });
  emulator.grantBot("MOVE_MEMBERS");
  await member.voice.setChannel(emulator.channel("loft").id);
  expect(emulator.members().find(({ name }) => name === "ana")?.voice?.channel).toBe("loft");
  await member.voice.disconnect();
  expect(emulator.members().find(({ name }) => name === "ana")?.voice).toBeUndefined();
});

test("a file is kept, described and given back, by a bot that may attach files", async () => {
  const { emulator, client } = plain;
  const channel = (await client.channels.fetch(emulator.channel("files", { kind: "text" }).id)) as TextChannel;
  const files = [{ attachment: Buffer.from("soft rain"), name: "rain.txt", description: "Rain" }];
  emulator.revokeBot("ATTACH_FILES");
  await expect(channel.send({ files })).rejects.toMatchObject({ code: 50_013 });
  emulator.grantBot("ATTACH_FILES");
  const message = await channel.send({ files });
  const [kept] = message.attachments.values();
  expect(kept).toMatchObject({ name: "rain.txt", description: "Rain", size: 9 });
  expect(await (await fetch(kept!.url)).text()).toBe("soft rain");
  await message.edit({ content: "no file", attachments: [] });
  expect((await fetch(kept!.url)).status).toBe(404);
});

test("a route that the rehearsal does not have is held against the bot", async () => {
  const emulator = await openEmulator();
  const { client } = await logIn(emulator);
  await expect(client.rest.get("/voice/regions")).rejects.toMatchObject({ status: 404 });
  await client.destroy();
  await expect(emulator.close()).rejects.toThrow(/no such route/);
});
