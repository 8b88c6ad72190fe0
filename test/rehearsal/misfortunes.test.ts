import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Listener, type ReceivedPacket, startVoiceServer } from "discord-emulator/voice";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import * as voiceBot from "../../packages/discord-emulator/test/support/voiceBot.ts";
import { loadStoredSound } from "../../src/audio/storedSound.ts";
import type { PlayableSound } from "../../src/catalogue/sound.ts";
import { BATCH_SIZE, createOutbox, type Outbox } from "../../src/engine/connection/outbox.ts";
import { createSeal } from "../../src/engine/connection/seal.ts";
import { createGuildPlayer, type GuildPlayer } from "../../src/engine/guildPlayer.ts";
import { createPacer, type Pacer } from "../../src/engine/pacer.ts";
import { createPacketCounter } from "../../src/engine/packetCounter.ts";
import { createMixResources } from "../../src/engine/playback/mixResources.ts";
import { createSoundCache } from "../../src/engine/playback/soundCache.ts";
import { type ChannelId, type EntryId, type GuildId, id, type SoundId } from "../../src/kernel/ids.ts";
import { playerIdOf } from "../../src/kernel/playerId.ts";
import { type Millis, minutes, seconds } from "../../src/kernel/units.ts";
import type { PlayerEvent } from "../../src/session/protocol.ts";
import { renderSound } from "../support/renderSounds.ts";

const { ana, bot, pause, record, trust, until } = voiceBot;
const guild = id<GuildId>(voiceBot.guild);
const lounge = id<ChannelId>(voiceBot.lounge);

/**
 * One guild player on an emulated voice server of this test's own; long waits are shortened by
 * setting the clock forward.
 */
let server: Awaited<ReturnType<typeof startVoiceServer>>;
let noise: PlayableSound;
let folder: string;
let outbox: Outbox;
let pacer: Pacer;
let player: GuildPlayer;
let listener: Listener;
let heard: ReceivedPacket[];
let events: PlayerEvent[];
let warnings: string[];
let gateway: ReturnType<typeof mainGateway>;

/** Time that has passed for the engine and the voice server without waiting. */
let ahead: Millis = 0;
/** How long reading the next files takes. */
let slowness: Millis = 0;
const clock = performance.now.bind(performance);

/** The main gateway as a guild player sees it. */
const mainGateway = () => {
  let tokens = 0;
  const faults = { swallows: false, full: false, unsendable: false, answersWithoutServer: false };
  const joins: Millis[] = [];
  let leaves = 0;
  const serverUpdate = (endpoint: string | null = server.endpoint) =>
    player.serverUpdate({ guild_id: guild, endpoint, token: `token ${tokens}` });
  const seat = (channel: string | null, isOwnLeave = false) =>
    player.stateUpdate({ guild_id: guild, channel_id: channel, user_id: bot, session_id: "session" }, isOwnLeave);
  return {
    faults,
    joins,
    leaves: () => leaves,
    seat,
    serverUpdate,
    receive(payload: unknown, attempt: number) {
      const channel = (payload as { readonly d: { readonly channel_id: string | null } }).d.channel_id;
      if (channel === null) leaves += 1;
      else joins.push(performance.now());
      setImmediate(() => {
        if (faults.unsendable) return player.gatewayUnavailable();
        player.payloadSent(attempt);
        if (faults.swallows || (faults.full && channel !== null)) return;
        if (channel === null) {
          server.disconnect(guild, bot);
          return seat(null, true);
        }
        seat(channel);
        if (faults.answersWithoutServer) return;
        tokens += 1;
        server.authorise({ guild, channel: lounge, user: bot, sessionId: "session", token: `token ${tokens}` });
        serverUpdate();
      });
    },
  };
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lull-player-"));
  noise = await renderSound("brown-noise");
  server = await startVoiceServer({ certificatesIn: tmpdir() });
  trust(server.certificateAuthority);
  vi.spyOn(performance, "now").mockImplementation(() => clock() + ahead);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const openPlayer = () =>
  createGuildPlayer(guild, playerIdOf({ guild }), {
    pacer,
    soundCache: createSoundCache(async (path) => {
      await pause(slowness);
      return loadStoredSound(path);
    }),
    mixResources: createMixResources(),
    outbox,
    packetCounter: createPacketCounter(),
    now: () => performance.now(),
    report: (event) => events.push(event),
    reconnecting() {},
    send: gateway.receive,
    log: (level, message) => void (level === "warn" && warnings.push(message)),
  });

beforeEach(async () => {
  outbox = createOutbox(createSeal(BATCH_SIZE));
  pacer = createPacer({ ticked: outbox.flush });
  gateway = mainGateway();
  events = [];
  warnings = [];
  listener = server.join(guild, lounge, ana);
  heard = record(listener);
  player = openPlayer();
  player.command({ type: "join", channel: lounge });
  player.command({
    type: "play",
    entry: id<EntryId>("1"),
    layers: [{ sound: noise, gainDb: 0, place: "centre" }],
    from: 0,
    crossfade: 60,
  });
  await soundIsBack();
});
afterEach(async () => {
  server.faults.dropUdp(false);
  server.faults.forgetIdlePorts(undefined);
  server.faults.stall(false);
  server.faults.replayBeforeResumed(false);
  await server.faults.refuseConnections(false);
  player.close();
  player.close();
  pacer.stop();
  listener.leave();
  await until("the bot has gone", () => server.connection(guild) === undefined);
  // Silence frames are three bytes, and are never encrypted end to end.
  expect(heard.filter(({ unencrypted, opus }) => unencrypted && opus?.length !== 3)).toEqual([]);
});

const soundIsBack = async () => {
  const from = heard.length;
  await until("it is heard again", () => heard.slice(from).filter((each) => (each.opus?.length ?? 0) > 3).length >= 10);
};
const isSilent = async () => {
  await pause(200);
  const before = heard.length;
  await pause(200);
  expect(heard.length).toBe(before);
};
/** Advances time in steps, so that each of the engine's timers starts before the next is due. */
const pass = async (duration: Millis, step: Millis = seconds(1)) => {
  for (let passed = 0; passed < duration; passed += step) {
    ahead += step;
    await pause(30);
  }
};
const leftBecause = () => events.flatMap((event) => (event.type === "left" ? [event.why] : []));

test("4021, rate limited: waits a minute, then one attempt", async () => {
  server.faults.closeSocket(guild, 4021);
  await pause(100);
  await pass(seconds(50), seconds(2));
  expect(gateway.joins).toHaveLength(1);
  await pass(seconds(12), seconds(2));
  await soundIsBack();
  expect(gateway.joins).toHaveLength(2);
});

test("4022, the call has ended and the channel still exists: five seconds, then one attempt", async () => {
  server.faults.closeSocket(guild, 4022);
  await pause(100);
  await pass(seconds(2), 500);
  expect(gateway.joins).toHaveLength(1);
  await pass(seconds(4), 500);
  await soundIsBack();
  expect(gateway.joins).toHaveLength(2);
});

test("a voice server that accepts no connections is tried with back-off; then sound is back", async () => {
  await server.faults.refuseConnections(true);
  server.faults.closeSocket(guild, 4006);
  await pause(200);
  await pass(seconds(60));
  expect(gateway.joins.length).toBeGreaterThanOrEqual(3);
  expect(gateway.joins.length).toBeLessThanOrEqual(9);
  await server.faults.refuseConnections(false);
  await pass(seconds(60));
  await soundIsBack();
  expect(leftBecause()).toEqual([]);
});

test("an unanswered join of a session that has played: three attempts, then one a minute until it is answered", async () => {
  gateway.faults.swallows = true;
  server.faults.closeSocket(guild, 4006);
  await pause(100);
  await pass(seconds(45));
  expect(gateway.joins.length).toBeLessThanOrEqual(4);
  gateway.faults.swallows = false;
  await pass(seconds(75), seconds(3));
  await soundIsBack();
  expect(leftBecause()).toEqual([]);
});

test("the channel has filled up meanwhile: it tries once a minute, and is back within a minute of a free place", async () => {
  gateway.faults.full = true;
  server.faults.closeSocket(guild, 4006);
  await pause(100);
  // Three attempts of 10 s first, as with any unanswered join.
  await pass(seconds(35));
  const before = gateway.joins.length;
  await pass(minutes(3), seconds(3));
  expect(gateway.joins.length - before).toBeGreaterThanOrEqual(2);
  expect(gateway.joins.length - before).toBeLessThanOrEqual(3);
  expect(leftBecause()).toEqual([]);
  gateway.faults.full = false;
  await pass(seconds(75), seconds(3));
  await soundIsBack();
});

test("4004, refused for good: three attempts, then it is reported", async () => {
  const before = server.statistics.identifyAttempts;
  server.faults.rejectIdentify(4004, 9);
  server.faults.closeSocket(guild, 4006);
  await pause(100);
  await pass(seconds(30));
  await pass(minutes(3), seconds(3));
  server.faults.rejectIdentify(4004, 0);
  expect(server.statistics.identifyAttempts - before).toBeLessThanOrEqual(3);
  expect(warnings).toContain("A voice connection is given up");
  expect(leftBecause()).toEqual(["unreachable"]);
});

test("Discord puts it back into the channel but names no voice server: the previous one is tried after 2 s", async () => {
  gateway.faults.answersWithoutServer = true;
  server.faults.closeSocket(guild, 4006);
  await until("it joins again", () => gateway.joins.length >= 2);
  await pass(seconds(3), 500);
  await soundIsBack();
  expect(gateway.joins).toHaveLength(2);
});

test("if the previous one is no longer right either, the next attempt leaves first", async () => {
  gateway.faults.answersWithoutServer = true;
  server.faults.rejectIdentify(4006, 1);
  server.faults.closeSocket(guild, 4006);
  await until("it joins again", () => gateway.joins.length >= 2);
  await pause(50);
  gateway.faults.answersWithoutServer = false;
  await pass(seconds(3), 500);
  await soundIsBack();
  expect(gateway.joins).toHaveLength(3);
  expect(gateway.leaves()).toBe(1);
});

test("UDP packets get lost: new session within 35 s", async () => {
  // Echoes come every five seconds: wait for the first.
  await pause(5_200);
  server.faults.dropUdp(true);
  await pass(seconds(18));
  await until("it joins again", () => gateway.joins.length >= 2);
  server.faults.dropUdp(false);
  await soundIsBack();
});

test("a router forgets idle connections: a keep-alive every 5 s holds them open through a pause; if forgotten, there is a new session within 35 s", async () => {
  player.command({ type: "pause" });
  server.faults.forgetIdlePorts(seconds(6));
  await pause(6_300);
  player.command({ type: "resume" });
  await soundIsBack();
  expect(gateway.joins).toHaveLength(1);

  server.faults.forgetIdlePorts(1);
  await isSilent();
  server.faults.forgetIdlePorts(undefined);
  await pass(seconds(18));
  await until("it joins again", () => gateway.joins.length >= 2);
  await soundIsBack();
});

test("a voice socket that falls silent is closed after 20 s and resumed", async () => {
  const { resumed, identifyAttempts: attempts } = server.statistics;
  server.faults.stall(true);
  await pause(100);
  await pass(seconds(21), seconds(3));
  server.faults.stall(false);
  await until(
    "it is resumed or replaced",
    () => server.statistics.resumed > resumed || server.statistics.identifyAttempts > attempts,
  );
  await soundIsBack();
});

test("a voice socket with a long heartbeat interval may be silent for longer", async () => {
  const { identified } = server.statistics;
  server.faults.heartbeatInterval(41_250);
  server.faults.closeSocket(guild, 4006);
  await until("there is a new session", () => server.statistics.identified > identified);
  await soundIsBack();
  const { resumed, identifyAttempts: attempts } = server.statistics;
  server.faults.stall(true);
  await pause(100);
  await pass(seconds(30), seconds(3));
  expect(server.statistics).toMatchObject({ resumed, identifyAttempts: attempts });
  server.faults.stall(false);
  server.faults.heartbeatInterval(13_750);
});

test("voice is lost while the main gateway can't send: one attempt a second, and sound when it can again", async () => {
  gateway.faults.unsendable = true;
  server.faults.closeSocket(guild, 4014);
  await pause(100);
  await pass(seconds(20), 500);
  expect(gateway.joins.length).toBeLessThanOrEqual(30);
  expect(leftBecause()).toEqual([]);
  gateway.faults.unsendable = false;
  await pass(seconds(2), 500);
  await soundIsBack();
});

test("its voice state is gone while the socket is open: it goes by the voice state and is silent", async () => {
  gateway.seat(null);
  await isSilent();
  expect(leftBecause()).toEqual(["disconnected"]);
  server.disconnect(guild, bot);
});

test("keys arrive before the session is resumed: sound is back, and nothing is unencrypted", async () => {
  server.faults.replayBeforeResumed(true);
  server.faults.closeSocket(guild, 1006);
  server.join(guild, lounge, id("400000000000000009")).leave();
  await pause(500);
  await soundIsBack();
});

test.each([3_600_000, -3_600_000])("the wall clock is set by %i ms: no frame is lost", async (by) => {
  const wall = Date.now.bind(Date);
  const began = clock();
  vi.spyOn(Date, "now").mockImplementation(() => wall() + by);
  const from = heard.length;
  await pause(1_000);
  const elapsed = clock() - began;
  const timestamps = heard.slice(from).map(({ timestamp }) => timestamp);
  vi.mocked(Date.now).mockRestore();
  // Fifty in a second; a busy machine may be late, but never sends more.
  expect(timestamps.length).toBeGreaterThan(20);
  expect(timestamps.length).toBeLessThan(elapsed / 20 + 20);
  expect(timestamps.every((each, index) => index === 0 || each - timestamps[index - 1]! === 960)).toBe(true);
});

test("the next sound is slow to load: the current one continues, and no frame is missed", async () => {
  slowness = 1_000;
  const other = join(folder, "other.opus");
  await copyFile(noise.path, other);
  player.command({
    type: "play",
    entry: id<EntryId>("2"),
    layers: [{ sound: { ...noise, path: other }, gainDb: 0, place: "centre" }],
    from: 0,
    crossfade: 60,
  });
  const from = heard.length;
  await until("the next one has begun", () =>
    events.some((each) => each.type === "soundStarted" && each.entry === "2"),
  );
  slowness = 0;
  const played = heard.slice(from);
  expect(played.length).toBeGreaterThan(20);
  expect(played.every(({ opus }) => (opus?.length ?? 0) > 3)).toBe(true);
});

test("a file of a mix is gone: the others play, and it is reported; a sound whose file is gone leaves the current one alone", async () => {
  const gone = { ...noise, id: id<SoundId>("gone"), title: "Gone", path: join(folder, "gone.opus") };
  const play = (name: string, ...sounds: readonly PlayableSound[]) =>
    player.command({
      type: "play",
      entry: id<EntryId>(name),
      layers: sounds.map((sound) => ({ sound, gainDb: 0, place: "centre" as const })),
      from: 0,
      crossfade: 60,
    });
  play("mix", gone, noise);
  await until("the mix has begun", () =>
    events.some((event) => event.type === "soundStarted" && event.entry === "mix"),
  );
  expect(events.filter(({ type }) => type === "layerFailed")).toMatchObject([
    { entry: "mix", sound: "gone", reason: expect.stringContaining("could not be read") },
  ]);
  play("alone", gone);
  await until("it is said", () => events.some((event) => event.type === "soundFailed" && event.entry === "alone"));
  await soundIsBack();
});

test("an unanswered join of a session that has never played: three attempts, then it is reported", async () => {
  player.close();
  await until("the bot has gone", () => server.connection(guild) === undefined);
  gateway.faults.swallows = true;
  gateway.joins.length = 0;
  player = openPlayer();
  player.command({ type: "join", channel: lounge });
  await pass(seconds(40), seconds(2));
  expect(gateway.joins).toHaveLength(3);
  expect(leftBecause()).toEqual(["unreachable"]);
});

test("malformed messages on the voice socket: the player continues or recovers", async () => {
  for (const message of [
    "{ no JSON",
    "null",
    "[]",
    '{"op":4,"d":null}',
    '{"op":2}',
    Uint8Array.of(),
    Uint8Array.of(0, 9, 29, 255),
  ]) {
    server.faults.sendRaw(guild, message);
    await pause(50);
  }
  await pause(1_000);
  await soundIsBack();
});
