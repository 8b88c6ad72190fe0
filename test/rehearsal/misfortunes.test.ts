import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Listener, type ReceivedPacket, startVoiceServer } from "discord-emulator/voice";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import * as voiceBot from "../../packages/discord-emulator/test/support/voiceBot.ts";
import { loadStoredSound } from "../../src/audio/storedSound.ts";
import type { PlayableSound } from "../../src/catalogue/sound.ts";
import { BATCH_SIZE, createOutbox, type Outbox } from "../../src/engine/connection/outbox.ts";
import { createSeal } from "../../src/engine/connection/seal.ts";
import { createGuildPlayer, type GuildPlayer } from "../../src/engine/guildPlayer.ts";
import { createPacer, type Pacer } from "../../src/engine/pacer.ts";
import { createMixResources } from "../../src/engine/playback/mixResources.ts";
import { createSoundCache } from "../../src/engine/playback/soundCache.ts";
import { type ChannelId, type EntryId, type GuildId, id, type SoundId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { type Millis, minutes, seconds } from "../../src/kernel/units.ts";
import { openCatalogue } from "../../src/render/openCatalogue.ts";
import { openRenderer } from "../../src/render/renderer.ts";
import type { PlayerEvent } from "../../src/session/protocol.ts";

const { ana, bot, pause, record, trust, until } = voiceBot;
const guild = id<GuildId>(voiceBot.guild);
const lounge = id<ChannelId>(voiceBot.lounge);

/** One station of the engine, on a voice server of this test's own; what takes minutes is shortened by setting the clock forward. */
let server: Awaited<ReturnType<typeof startVoiceServer>>;
let noise: PlayableSound;
let folder: string;
let outbox: Outbox;
let pacer: Pacer;
let station: GuildPlayer;
let listener: Listener;
let heard: ReceivedPacket[];
let events: PlayerEvent[];
let warnings: string[];
let gateway: ReturnType<typeof mainGateway>;

/** Time that has passed for the engine and the voice server, though nobody has waited for it. */
let ahead: Millis = 0;
/** How long the next files take to be read. */
let slowness: Millis = 0;
const clock = performance.now.bind(performance);

/** The main gateway as a station sees it. */
const mainGateway = () => {
  let tokens = 0;
  const faults = { swallows: false, full: false, unsendable: false, answersWithoutServer: false };
  const joins: Millis[] = [];
  let leaves = 0;
  const serverUpdate = (endpoint: string | null = server.endpoint) =>
    station.serverUpdate({ guild_id: guild, endpoint, token: `token ${tokens}` });
  const seat = (channel: string | null, isOwnLeave = false) =>
    station.stateUpdate({ guild_id: guild, channel_id: channel, user_id: bot, session_id: "session" }, isOwnLeave);
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
        if (faults.unsendable) return station.gatewayUnavailable();
        station.payloadSent(attempt);
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
  folder = await mkdtemp(join(tmpdir(), "lull-station-"));
  const workshop = openRenderer({
    catalogue: openCatalogue(),
    cache: resolve(import.meta.dirname, "../../.cache/sounds"),
    log: silentLog,
  });
  noise = await workshop.prepare(id<SoundId>("brown-noise"));
  await workshop.close();
  server = await startVoiceServer({ certificatesIn: tmpdir() });
  trust(server.certificateAuthority);
  vi.spyOn(performance, "now").mockImplementation(() => clock() + ahead);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const openStation = () =>
  createGuildPlayer(guild, {
    pacer,
    soundCache: createSoundCache(async (path) => {
      await pause(slowness);
      return loadStoredSound(path);
    }),
    mixResources: createMixResources(),
    outbox,
    now: () => performance.now(),
    report: (event) => events.push(event),
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
  station = openStation();
  station.command({ type: "join", channel: lounge });
  station.command({
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
  station.close();
  station.close();
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
/** Lets time pass in steps, so that each wait of the engine's begins before the next is over. */
const pass = async (duration: Millis, step: Millis = seconds(1)) => {
  for (let passed = 0; passed < duration; passed += step) {
    ahead += step;
    await pause(30);
  }
};
const leftBecause = () => events.flatMap((event) => (event.type === "left" ? [event.why] : []));

test("4021, rate limited: nothing for a minute, then one try", async () => {
  server.faults.closeSocket(guild, 4021);
  await pause(100);
  await pass(seconds(50), seconds(2));
  expect(gateway.joins).toHaveLength(1);
  await pass(seconds(12), seconds(2));
  await soundIsBack();
  expect(gateway.joins).toHaveLength(2);
});

test("4022, the call is ended and the channel is still there: five seconds, then one try", async () => {
  server.faults.closeSocket(guild, 4022);
  await pause(100);
  await pass(seconds(2), 500);
  expect(gateway.joins).toHaveLength(1);
  await pass(seconds(4), 500);
  await soundIsBack();
  expect(gateway.joins).toHaveLength(2);
});

test("a voice host that takes no connections is asked a few times, and with patience; then sound is back", async () => {
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

test("a join that is not answered by a room that has sounded: three tries, then one a minute, until it is", async () => {
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

test("the channel has filled up meanwhile: it asks once a minute, and is back within a minute of a free seat", async () => {
  gateway.faults.full = true;
  server.faults.closeSocket(guild, 4006);
  await pause(100);
  // Three tries of 10 s first, as with any join that is not answered.
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

test("a session that is refused for good, 4004: three tries, and then it is said", async () => {
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

test("Discord seats it again, but names no voice host: that of before is tried after 2 s", async () => {
  gateway.faults.answersWithoutServer = true;
  server.faults.closeSocket(guild, 4006);
  await until("it joins anew", () => gateway.joins.length >= 2);
  await pass(seconds(3), 500);
  await soundIsBack();
  expect(gateway.joins).toHaveLength(2);
});

test("where that of before is not right any more either, the next try leaves first", async () => {
  gateway.faults.answersWithoutServer = true;
  server.faults.rejectIdentify(4006, 1);
  server.faults.closeSocket(guild, 4006);
  await until("it joins anew", () => gateway.joins.length >= 2);
  await pause(50);
  gateway.faults.answersWithoutServer = false;
  await pass(seconds(3), 500);
  await soundIsBack();
  expect(gateway.joins).toHaveLength(3);
  expect(gateway.leaves()).toBe(1);
});

test("UDP goes nowhere: new session within 35 s of it", async () => {
  // Echoes come each five seconds: the first is waited for.
  await pause(5_200);
  server.faults.dropUdp(true);
  await pass(seconds(18));
  await until("it joins anew", () => gateway.joins.length >= 2);
  server.faults.dropUdp(false);
  await soundIsBack();
});

test("a router that forgets what is idle: a keep-alive each 5 s holds the way open through a pause; forgotten, it is made anew within 35 s", async () => {
  station.command({ type: "pause" });
  server.faults.forgetIdlePorts(seconds(6));
  await pause(6_300);
  station.command({ type: "resume" });
  await soundIsBack();
  expect(gateway.joins).toHaveLength(1);

  server.faults.forgetIdlePorts(1);
  await isSilent();
  server.faults.forgetIdlePorts(undefined);
  await pass(seconds(18));
  await until("it joins anew", () => gateway.joins.length >= 2);
  await soundIsBack();
});

test("a voice socket that says nothing more is hung up on after 20 s, and resumed", async () => {
  const { resumed, identifyAttempts: attempts } = server.statistics;
  server.faults.stall(true);
  await pause(100);
  await pass(seconds(21), seconds(3));
  server.faults.stall(false);
  await until(
    "it is resumed, or made anew",
    () => server.statistics.resumed > resumed || server.statistics.identifyAttempts > attempts,
  );
  await soundIsBack();
});

test("a voice socket that wishes to be asked seldom may be silent for longer", async () => {
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

test("voice is lost while the main gateway cannot send: a try a second, and sound when it can again", async () => {
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

test("Discord says that it sits nowhere while the socket is open: it believes that, and is silent", async () => {
  gateway.seat(null);
  await isSilent();
  expect(leftBecause()).toEqual(["disconnected"]);
  server.disconnect(guild, bot);
});

test("keys that come before the session is resumed: everything is heard again, and nothing is in the clear", async () => {
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

test("the next sound takes long to be read: the one that plays goes on, and nothing is missed", async () => {
  slowness = 1_000;
  const other = join(folder, "other.opus");
  await copyFile(noise.path, other);
  station.command({
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

test("a mix of which a file is gone: the others are heard, and it is said; a sound whose file is gone leaves what plays alone", async () => {
  const gone = { ...noise, id: id<SoundId>("gone"), title: "Gone", path: join(folder, "gone.opus") };
  const play = (name: string, ...sounds: readonly PlayableSound[]) =>
    station.command({
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

test("a room that has never sounded and is not answered: three tries, and then that is said", async () => {
  station.close();
  await until("the bot has gone", () => server.connection(guild) === undefined);
  gateway.faults.swallows = true;
  gateway.joins.length = 0;
  station = openStation();
  station.command({ type: "join", channel: lounge });
  await pass(seconds(40), seconds(2));
  expect(gateway.joins).toHaveLength(3);
  expect(leftBecause()).toEqual(["unreachable"]);
});

test("nonsense on the voice socket: the station goes on, or comes back", async () => {
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
