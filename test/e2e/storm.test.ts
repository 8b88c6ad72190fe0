import { afterAll, beforeAll, expect, test } from "vitest";
import { CHANNEL, guildOf, OFFERED, openGateway } from "../../bench/lib/gateway.ts";
import { LENGTH, makeMaterial } from "../../bench/lib/material.ts";
import { openPacketWatch, type PacketWatch } from "../../bench/lib/packetWatch.ts";
import { openShardStub, type ShardStub } from "../../bench/lib/shardStub.ts";
import { type Discord, openDiscord } from "../../src/discord/client.ts";
import { type Engine, openEngine } from "../../src/engine/engine.ts";
import { openWorkerProcess } from "../../src/engine/engineWorker.ts";
import { type ChannelId, type EntryId, type GuildId, id, type SoundId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { type Millis, seconds } from "../../src/kernel/units.ts";
import type { PlayerEvent } from "../../src/session/protocol.ts";

/** As many as the gateway's send budget of one minute: what comes next has to wait for the next one. */
const GUILDS = 100;

let watch: PacketWatch;
let voice: Awaited<ReturnType<typeof openGateway>>;
let shard: ShardStub;
let discord: Discord;
let engine: Engine;

beforeAll(async () => {
  watch = await openPacketWatch();
  voice = await openGateway(watch.port, OFFERED);
  shard = await openShardStub(GUILDS, voice.endpoint);
  // The engine's process is started with the environment of this one.
  process.env.NODE_EXTRA_CA_CERTS = voice.authority;
  discord = await openDiscord({ token: "storm.test.token", apiBase: shard.apiBase, log: silentLog, onRefused() {} });
  engine = openEngine({ voiceGateway: discord.voiceGateway, log: silentLog, open: () => openWorkerProcess });
});
afterAll(async () => {
  await engine.close();
  await discord.close();
  await shard.close();
  await voice.close();
  watch.close();
});

const untilAllHeard = async (from: Millis, limit: Millis) => {
  await expect.poll(() => watch.heardSince(from).size, { timeout: limit, interval: 100 }).toBe(GUILDS);
  return performance.now();
};

test("a lost gateway session with the send budget used up: every guild comes back, once, and none is given up", async () => {
  const path = makeMaterial().opus;
  const sound = { id: id<SoundId>("noise"), title: "Noise", path, length: LENGTH };
  const left: PlayerEvent[] = [];
  const began = performance.now();
  for (let ssrc = 1; ssrc <= GUILDS; ssrc++) {
    const guild = id<GuildId>(guildOf(ssrc));
    const player = engine.open({ guild }, (event) => void (event.type === "left" && left.push(event)));
    player.send({ type: "join", channel: id<ChannelId>(CHANNEL) });
    const layers = [{ sound, gainDb: 0, place: "centre" }] as const;
    player.send({ type: "play", entry: id<EntryId>("entry"), layers, from: 0, crossfade: 60 });
  }
  await untilAllHeard(began, seconds(40));

  shard.reset();
  shard.invalidate();
  voice.disconnectAll();
  const lost = performance.now();
  await expect.poll(() => shard.inChannel(), { timeout: 90_000, interval: 100 }).toBe(GUILDS);
  await untilAllHeard(performance.now(), seconds(30));
  // The budget of the first minute is free again once it is over; on a busy machine a little later.
  expect(performance.now() - lost).toBeLessThan(seconds(100));

  const sends = shard.sends();
  expect(sends.filter(({ channel }) => channel === null)).toEqual([]);
  expect(new Set(sends.map(({ guild }) => guild)).size).toBe(GUILDS);
  expect(sends).toHaveLength(GUILDS);
  expect(shard.rateLimited()).toBe(0);
  expect(left).toEqual([]);
}, 200_000);
