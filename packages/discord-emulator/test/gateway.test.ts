import { once } from "node:events";
import { Client, Events, GatewayIntentBits, PermissionFlagsBits } from "discord.js";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Emulator } from "../src/api.ts";
import { openEmulator } from "../src/emulator.ts";
import { logIn, openPlainBot } from "./support/plainBot.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
const open = async (...options: Parameters<typeof openPlainBot>) => {
  const plain = await openPlainBot(...options);
  closing.push(plain.close);
  return plain;
};
const botIsOnline = (emulator: Emulator) => emulator.members().some(({ bot }) => bot);

test("the bot finds its guild, its channels and who sits where", async () => {
  const emulator = await openEmulator();
  closing.push(emulator.close);
  await emulator.member("ana").join("lounge");
  const { client } = await logIn(emulator);
  closing.push(() => client.destroy());
  const guild = client.guilds.cache.get(emulator.guildId)!;
  expect(guild.name).toBe("Test Server");
  expect(guild.channels.cache.map(({ name }) => name)).toEqual(["general", "lounge", "loft", "stage"]);
  expect(guild.voiceStates.cache.map(({ channel }) => channel?.name)).toEqual(["lounge"]);
  expect(guild.members.me?.permissions.has("Connect")).toBe(true);
  expect(guild.members.me?.permissions.has("MoveMembers")).toBe(false);
});

test("the bot has the name that it was given, and its role what its invite asks for and no more", async () => {
  const permissions = PermissionFlagsBits.Connect | PermissionFlagsBits.MoveMembers;
  const emulator = await openEmulator({ guildName: "The Shed", bot: { name: "Moth", permissions } });
  closing.push(emulator.close);
  const { client } = await logIn(emulator);
  closing.push(() => client.destroy());
  const guild = client.guilds.cache.get(emulator.guildId)!;
  expect([guild.name, client.user.username]).toEqual(["The Shed", "Moth"]);
  expect(guild.roles.cache.find(({ name }) => name === "Moth")?.permissions.bitfield).toBe(permissions);
});

test("the bot hears who comes, moves, mutes and goes", async () => {
  const { emulator, client } = await open();
  const states: string[] = [];
  client.on(Events.VoiceStateUpdate, (_, { member, channel, selfMute }) =>
    states.push(`${member?.user.username} ${channel?.name ?? "nowhere"}${selfMute ? " muted" : ""}`),
  );
  const ana = await emulator.member("ana").join("lounge");
  ana.setSelfMute(true);
  await ana.join("loft");
  await ana.leave();
  await emulator.waitUntil("all is heard", () => states.length === 4);
  expect(states).toEqual(["ana lounge", "ana lounge muted", "ana loft muted", "ana nowhere"]);
});

test("after a drop the bot resumes, and is told what it missed", async () => {
  const { emulator, client } = await open();
  let resumed = false;
  client.on(Events.ShardResume, () => {
    resumed = true;
  });
  emulator.faults.closeGateway(4000);
  await emulator.member("ana").join("lounge");
  await emulator.waitUntil("it has resumed", () => resumed);
  const guild = client.guilds.cache.get(emulator.guildId)!;
  await emulator.waitUntil("it knows of ana", () =>
    guild.voiceStates.cache.some(({ channel }) => channel?.name === "lounge"),
  );
});

test.each([
  ["asked to reconnect", (emulator: Emulator) => emulator.faults.requestReconnect()],
  ["told that its session may be resumed", (emulator: Emulator) => emulator.faults.invalidateSession(true)],
])("%s, the bot resumes", async (_, fault) => {
  const { emulator, client } = await open();
  const resumed = once(client, Events.ShardResume);
  fault(emulator);
  await resumed;
});

test("when its session is invalid the bot begins a new one, and has lost its seat", async () => {
  const { emulator, client } = await open();
  const guild = client.guilds.cache.get(emulator.guildId)!;
  guild.shard.send({
    op: 4,
    d: { guild_id: guild.id, channel_id: emulator.channel("lounge").id, self_mute: false, self_deaf: true },
  });
  await emulator.waitUntil("it sits", () => emulator.botChannel() === "lounge");
  const again = once(client, Events.ShardReady);
  emulator.faults.invalidateSession(false);
  await again;
  expect(emulator.botChannel()).toBeUndefined();
  expect(botIsOnline(emulator)).toBe(true);
});

test("an outage takes the guild away and brings it back; a kick takes it for good", async () => {
  const { emulator, client } = await open();
  const gone = once(client, Events.GuildUnavailable);
  emulator.faults.outage(true);
  await gone;
  const back = once(client, Events.GuildAvailable);
  emulator.faults.outage(false);
  await back;
  const left = once(client, Events.GuildDelete);
  emulator.faults.kickBot();
  await left;
  await expect(client.rest.get(`/guilds/${emulator.guildId}`)).rejects.toMatchObject({ code: 50_001 });
});

test("a bot that logs out is offline", async () => {
  const { emulator, client } = await open();
  expect(botIsOnline(emulator)).toBe(true);
  await client.destroy();
  await emulator.waitUntil("it is offline", () => !botIsOnline(emulator));
});

test("privileged intents are not granted, and a wrong token is refused", async () => {
  const emulator = await openEmulator();
  closing.push(emulator.close);
  const greedy = new Client({ intents: [GatewayIntentBits.GuildMembers], rest: { api: emulator.apiBase } });
  closing.push(() => greedy.destroy());
  await expect(greedy.login(emulator.token)).rejects.toThrow(/disallowed intents/i);
  const stranger = new Client({ intents: [], rest: { api: emulator.apiBase } });
  closing.push(() => stranger.destroy());
  await expect(stranger.login(`${emulator.token}x`)).rejects.toThrow(/invalid token/i);
});

test("members are sent on request", async () => {
  const { emulator, client } = await open();
  const ana = emulator.member("ana");
  const members = await client.guilds.cache.get(emulator.guildId)!.members.fetch({ user: [ana.id] });
  expect(members.map(({ user }) => user.username)).toEqual(["ana"]);
});

test.each([
  ["no JSON", "{", 4002],
  ["an opcode that is not there", '{"op":99,"d":null}', 4001],
  ["a voice state before it has said who it is", '{"op":4,"d":{}}', 4003],
  ["a version of intents that is none", "IDENTIFY", 4013],
])("a socket that sends %s is closed", async (_, frame, code) => {
  const emulator = await openEmulator();
  closing.push(emulator.close);
  const socket = new WebSocket(
    `${emulator.apiBase.replace("http", "ws").replace("/api", "/gateway")}?v=10&encoding=json`,
  );
  await once(socket, "message");
  const identify = JSON.stringify({ op: 2, d: { token: emulator.token, intents: "all" } });
  socket.send(frame === "IDENTIFY" ? identify : frame);
  expect((await once(socket, "close"))[0]).toBe(code);
});
