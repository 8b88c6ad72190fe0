import { once } from "node:events";
import { Events, type VoiceBasedChannel } from "discord.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openPlainBot } from "./support/plainBot.ts";

let plain: Awaited<ReturnType<typeof openPlainBot>>;
let servers: { endpoint: string | null; token: string }[];
beforeEach(async () => {
  plain = await openPlainBot();
  servers = [];
  plain.client.ws.on("VOICE_SERVER_UPDATE" as never, (update: (typeof servers)[number]) => servers.push(update));
});
afterEach(() => plain.close());

const ask = (channel: string | null, flags = {}) => {
  const { client, emulator } = plain;
  const channelId = channel === null ? null : emulator.channel(channel).id;
  client.guilds.cache.get(emulator.guildId)!.shard.send({
    op: 4,
    d: { guild_id: emulator.guildId, channel_id: channelId, self_mute: false, self_deaf: true, ...flags },
  });
};
/** Requests are answered in order: once this one is, those before it have been answered, or never will be. */
const settled = async () => {
  const members = once(plain.client, Events.GuildMembersChunk);
  const { client, emulator } = plain;
  client.guilds.cache
    .get(emulator.guildId)!
    .shard.send({ op: 8, d: { guild_id: emulator.guildId, user_ids: [client.user.id], limit: 0 } });
  await members;
};
const me = () => plain.client.guilds.cache.get(plain.emulator.guildId)!.members.me!.voice;

test("the bot asks for a seat, and is told its voice server", async () => {
  ask("lounge");
  await settled();
  expect(plain.emulator.botChannel()).toBe("lounge");
  expect(servers.map(({ endpoint }) => endpoint)).toEqual([plain.emulator.voice.endpoint]);
  expect(me()).toMatchObject({ selfDeaf: true, suppress: false });
  ask(null);
  await settled();
  expect(plain.emulator.botChannel()).toBeUndefined();
});

test("there is no answer at all where the channel is full, closed to the bot, or gone", async () => {
  const { emulator } = plain;
  await emulator.member("ana").join("lounge");
  emulator.channel("lounge", { userLimit: 1 });
  ask("lounge");
  emulator.channel("loft").denyBot("CONNECT");
  ask("loft");
  emulator.faults.ignoreVoiceStateUpdates(true);
  ask("stage");
  await settled();
  expect(emulator.botChannel()).toBeUndefined();
  expect(servers).toEqual([]);
  await expect(emulator.member("bo").join("lounge")).rejects.toThrow(/full/);
});

test("to come again is answered, to mute oneself is not", async () => {
  ask("lounge");
  ask("lounge");
  ask("lounge", { self_mute: true });
  await settled();
  expect(servers).toHaveLength(2);
  expect(me().selfMute).toBe(true);
});

test("the voice server may not be known at first, and may change", async () => {
  plain.emulator.faults.withholdEndpoint(50);
  ask("lounge");
  await plain.emulator.waitUntil("it is known", () => servers.length === 2);
  expect(servers.map(({ endpoint }) => endpoint)).toEqual([null, plain.emulator.voice.endpoint]);
  await plain.emulator.faults.changeVoiceServer();
  await plain.emulator.waitUntil("it has changed", () => servers.length === 3);
  expect(servers[2]?.endpoint).toBe(plain.emulator.voice.alternateEndpoint);
});

test("moderators move, mute and disconnect the bot", async () => {
  const { faults } = plain.emulator;
  expect(() => faults.moveBot("loft")).toThrow(/is in no voice channel/);
  ask("lounge");
  await settled();
  faults.moveBot("loft");
  faults.serverMuteBot(true);
  await settled();
  expect([me().channel?.name, me().serverMute]).toEqual(["loft", true]);
  faults.disconnectBot();
  await settled();
  expect(me().channel).toBeNull();
});

test("a member who may not speak in a voice channel is suppressed there", async () => {
  ask("lounge");
  await settled();
  plain.emulator.channel("lounge").denyBot("SPEAK");
  await settled();
  expect(me().suppress).toBe(true);
  plain.emulator.channel("lounge").allowBot("SPEAK");
  await settled();
  expect(me().suppress).toBe(false);
});

test("on a stage the bot sits in the audience, raises its hand, and speaks only where it may", async () => {
  ask("stage");
  await settled();
  expect(me().suppress).toBe(true);
  await expect(me().setSuppressed(false)).rejects.toMatchObject({ code: 50_013 });
  await me().setRequestToSpeak(true);
  await settled();
  expect(me().requestToSpeakTimestamp).toBeGreaterThan(0);
  plain.emulator.faults.suppressBot(false);
  await settled();
  expect(me().suppress).toBe(false);
  await me().setSuppressed(true);
  plain.emulator.grantBot("MUTE_MEMBERS");
  await me().setSuppressed(false);
  await settled();
  expect(me().suppress).toBe(false);
});

test("when a channel is deleted, its members are in no voice channel", async () => {
  const den = plain.emulator.channel("den");
  await plain.emulator.member("ana").join("den");
  ask("den");
  await settled();
  const deleted = once(plain.client, Events.ChannelDelete) as Promise<[VoiceBasedChannel]>;
  den.delete();
  expect((await deleted)[0].name).toBe("den");
  expect(plain.emulator.members().filter(({ voice }) => voice !== undefined)).toEqual([]);
});
