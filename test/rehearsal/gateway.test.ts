import { once } from "node:events";
import { Client, Events, GatewayIntentBits } from "discord.js";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { invitePermissions } from "../../src/discord/invite.ts";
import { openEvening } from "../../src/rehearsal/evening.ts";
import type { Evening } from "../../src/rehearsal/scenario.ts";
import { INVITE_PERMISSIONS } from "../../src/rehearsal/world.ts";
import { logIn, openPlainBot } from "../support/plainBot.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
const open = async (...options: Parameters<typeof openPlainBot>) => {
  const plain = await openPlainBot(...options);
  closing.push(plain.close);
  return plain;
};
const botIsOnline = (evening: Evening) => evening.people().some(({ bot }) => bot);

test("the bot finds its guild, its channels and who sits where", async () => {
  const evening = await openEvening();
  closing.push(evening.close);
  await evening.member("ana").join("lounge");
  const { client } = await logIn(evening);
  closing.push(() => client.destroy());
  const guild = client.guilds.cache.get(evening.guild)!;
  expect(guild.name).toBe("Pillow Fort");
  expect(guild.channels.cache.map(({ name }) => name)).toEqual(["general", "lounge", "loft", "stage"]);
  expect(guild.voiceStates.cache.map(({ channel }) => channel?.name)).toEqual(["lounge"]);
  expect(guild.members.me?.permissions.has("Connect")).toBe(true);
  expect(guild.members.me?.permissions.has("MoveMembers")).toBe(false);
});

test("the bot's role has what its invite asks for, and no more", () => {
  expect(INVITE_PERMISSIONS).toBe(invitePermissions);
});

test("the bot hears who comes, moves, mutes and goes", async () => {
  const { evening, client } = await open();
  const states: string[] = [];
  client.on(Events.VoiceStateUpdate, (_, { member, channel, selfMute }) =>
    states.push(`${member?.user.username} ${channel?.name ?? "nowhere"}${selfMute ? " muted" : ""}`),
  );
  const ana = await evening.member("ana").join("lounge");
  ana.setSelfMute(true);
  await ana.join("loft");
  await ana.leave();
  await evening.until("all is heard", () => states.length === 4);
  expect(states).toEqual(["ana lounge", "ana lounge muted", "ana loft muted", "ana nowhere"]);
});

test("after a drop the bot resumes, and is told what it missed", async () => {
  const { evening, client } = await open();
  let resumed = false;
  client.on(Events.ShardResume, () => {
    resumed = true;
  });
  evening.faults.dropGateway(4000);
  await evening.member("ana").join("lounge");
  await evening.until("it has resumed", () => resumed);
  const guild = client.guilds.cache.get(evening.guild)!;
  await evening.until("it knows of ana", () =>
    guild.voiceStates.cache.some(({ channel }) => channel?.name === "lounge"),
  );
});

test.each([
  ["asked to reconnect", (evening: Evening) => evening.faults.askToReconnect()],
  ["told that its session may be resumed", (evening: Evening) => evening.faults.invalidateSession(true)],
])("%s, the bot resumes", async (_, fault) => {
  const { evening, client } = await open();
  const resumed = once(client, Events.ShardResume);
  fault(evening);
  await resumed;
});

test("when its session is invalid the bot begins a new one, and has lost its seat", async () => {
  const { evening, client } = await open();
  const guild = client.guilds.cache.get(evening.guild)!;
  guild.shard.send({
    op: 4,
    d: { guild_id: guild.id, channel_id: evening.channel("lounge").id, self_mute: false, self_deaf: true },
  });
  await evening.until("it sits", () => evening.botChannel() === "lounge");
  const again = once(client, Events.ShardReady);
  evening.faults.invalidateSession(false);
  await again;
  expect(evening.botChannel()).toBeUndefined();
  expect(botIsOnline(evening)).toBe(true);
});

test("an outage takes the guild away and brings it back; a kick takes it for good", async () => {
  const { evening, client } = await open();
  const gone = once(client, Events.GuildUnavailable);
  evening.faults.outage(true);
  await gone;
  const back = once(client, Events.GuildAvailable);
  evening.faults.outage(false);
  await back;
  const left = once(client, Events.GuildDelete);
  evening.faults.kickBot();
  await left;
  await expect(client.rest.get(`/guilds/${evening.guild}`)).rejects.toMatchObject({ code: 50_001 });
});

test("a bot that logs out is offline", async () => {
  const { evening, client } = await open();
  expect(botIsOnline(evening)).toBe(true);
  await client.destroy();
  await evening.until("it is offline", () => !botIsOnline(evening));
});

test("privileged intents are not granted, and a wrong token is refused", async () => {
  const evening = await openEvening();
  closing.push(evening.close);
  const greedy = new Client({ intents: [GatewayIntentBits.GuildMembers], rest: { api: evening.apiBase } });
  closing.push(() => greedy.destroy());
  await expect(greedy.login(evening.token)).rejects.toThrow(/disallowed intents/i);
  const stranger = new Client({ intents: [], rest: { api: evening.apiBase } });
  closing.push(() => stranger.destroy());
  await expect(stranger.login(`${evening.token}x`)).rejects.toThrow(/invalid token/i);
});

test("members are sent on request", async () => {
  const { evening, client } = await open();
  const ana = evening.member("ana");
  const members = await client.guilds.cache.get(evening.guild)!.members.fetch({ user: [ana.id] });
  expect(members.map(({ user }) => user.username)).toEqual(["ana"]);
});

test.each([
  ["no JSON", "{", 4002],
  ["an opcode that is not there", '{"op":99,"d":null}', 4001],
  ["a voice state before it has said who it is", '{"op":4,"d":{}}', 4003],
  ["a version of intents that is none", "IDENTIFY", 4013],
])("a socket that sends %s is closed", async (_, frame, code) => {
  const evening = await openEvening();
  closing.push(evening.close);
  const socket = new WebSocket(
    `${evening.apiBase.replace("http", "ws").replace("/api", "/gateway")}?v=10&encoding=json`,
  );
  await once(socket, "message");
  const identify = JSON.stringify({ op: 2, d: { token: evening.token, intents: "all" } });
  socket.send(frame === "IDENTIFY" ? identify : frame);
  expect((await once(socket, "close"))[0]).toBe(code);
});
