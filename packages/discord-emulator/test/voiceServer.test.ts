import { VoiceConnectionStatus } from "@discordjs/voice";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { ReceivedPacket } from "../src/voice/types.ts";
import { startVoiceServer } from "../src/voice/voiceServer.ts";
import { ana, bo, createBot, guild, loft, lounge, numberOf, pause, record, trust, until } from "./support/voiceBot.ts";

let server: Awaited<ReturnType<typeof startVoiceServer>>;
let bot: ReturnType<typeof createBot>;
let known = 0;

const numbers = (heard: readonly ReceivedPacket[]) => heard.map(({ opus }) => (opus ? numberOf(opus) : undefined));
const added = (before: typeof server.statistics) => ({
  identifyAttempts: server.statistics.identifyAttempts - before.identifyAttempts,
  identified: server.statistics.identified - before.identified,
  resumed: server.statistics.resumed - before.resumed,
});

beforeAll(async () => {
  server = await startVoiceServer();
  trust(server.certificateAuthority);
});
beforeEach(() => {
  bot = createBot(server);
});
afterEach(async () => {
  bot.leave();
  await until("the bot has gone", () => server.connection(guild) === undefined);
  expect(bot.errors).toEqual([]);
  expect(server.violations.slice(known)).toEqual([]);
  known = server.violations.length;
});
afterAll(() => server.close());

test("a listener hears what the bot plays, end-to-end encrypted and in order", async () => {
  const before = server.statistics;
  const listener = server.join(guild, lounge, ana);
  const heard = record(listener);
  bot.join();
  await bot.ready();
  await listener.ready();
  const started = performance.now();
  const playing = bot.play();
  await until("fifty packets are heard", () => heard.length >= 50);
  playing.stop();
  expect(numbers(heard)).toEqual(heard.map((_, number) => number));
  expect(heard.every(({ unencrypted }) => !unencrypted)).toBe(true);
  expect(heard.every(({ receivedAt }, i) => receivedAt > (i === 0 ? started : heard[i - 1]!.receivedAt))).toBe(true);
  expect(heard.every(({ timestamp }, i) => i === 0 || (timestamp - heard[i - 1]!.timestamp) >>> 0 === 960)).toBe(true);
  expect(server.connection(guild)).toMatchObject({
    mode: "aead_aes256_gcm_rtpsize",
    daveVersion: 1,
    epoch: 1,
    speaking: true,
  });
  expect(server.statistics).toEqual({
    ...before,
    packets: before.packets + heard.length,
    identifyAttempts: 1,
    identified: 1,
  });
  listener.leave();
});

test("after close 4015 the bot resumes, and hears what it missed", async () => {
  const first = server.join(guild, lounge, ana);
  bot.join();
  await bot.ready();
  await first.ready();
  const before = server.statistics;
  // Deaf, so that the new socket's Resume is read only when the group has changed without the bot.
  server.faults.stall(true);
  server.faults.closeSocket(guild, 4015);
  const second = server.join(guild, lounge, bo);
  const heard = record(second);
  await pause(200);
  server.faults.stall(false);
  await second.ready();
  await bot.ready();
  const playing = bot.play();
  await until("the newcomer hears", () => heard.length >= 10);
  playing.stop();
  expect(numbers(heard)).not.toContain(undefined);
  expect(added(before)).toEqual({ identifyAttempts: 0, identified: 0, resumed: 1 });
  first.leave();
  second.leave();
});

test("what is replayed before Resumed is lost on the library, and the newcomer hears nothing", async () => {
  const first = server.join(guild, lounge, ana);
  bot.join();
  await bot.ready();
  await first.ready();
  server.faults.replayBeforeResumed(true);
  server.faults.stall(true);
  server.faults.closeSocket(guild, 4015);
  const second = server.join(guild, lounge, bo);
  const heard = record(second);
  await pause(200);
  server.faults.stall(false);
  await pause(100);
  await bot.ready();
  server.faults.replayBeforeResumed(false);
  const playing = bot.play();
  await until("packets arrive", () => heard.length >= 10);
  playing.stop();
  expect(numbers(heard).every((number) => number === undefined)).toBe(true);
  first.leave();
  second.leave();
});

test("an abnormal close is resumed; a resume that is refused ends in a new session", async () => {
  bot.join();
  await bot.ready();
  let before = server.statistics;
  server.faults.closeSocket(guild, 1006);
  await until("it has resumed", () => server.statistics.resumed === before.resumed + 1);
  await bot.ready();
  before = server.statistics;
  server.faults.rejectResume(true);
  server.faults.closeSocket(guild, 4015);
  await until("it has identified again", () => server.statistics.identified === before.identified + 1);
  server.faults.rejectResume(false);
  await bot.ready();
  expect(added(before)).toEqual({ identifyAttempts: 1, identified: 1, resumed: 0 });
});

test("close codes: 4006 makes the library identify again, 4014 leaves it disconnected", async () => {
  const connection = bot.join();
  await bot.ready();
  const before = server.statistics;
  server.faults.closeSocket(guild, 4006);
  await until("it has identified again", () => server.statistics.identified === before.identified + 1);
  await bot.ready();
  server.faults.closeSocket(guild, 4014);
  await until("it is disconnected", () => connection.state.status === VoiceConnectionStatus.Disconnected);
  expect(connection.state).toMatchObject({ closeCode: 4014 });
});

test("Identify is refused as often as asked for", async () => {
  const before = server.statistics;
  server.faults.rejectIdentify(4009, 3);
  bot.join();
  await bot.ready();
  expect(added(before)).toEqual({ identifyAttempts: 4, identified: 1, resumed: 0 });
});

test("a discovery packet that is lost leaves the library waiting; the next session is not affected", async () => {
  server.faults.dropDiscovery(1);
  const connection = bot.join();
  await until("it has identified", () => bot.debug.some((line) => line.includes('"op":2')));
  await pause(300);
  expect(connection.state.status).toBe(VoiceConnectionStatus.Connecting);
  connection.rejoin();
  await bot.ready();
});

test("in a black hole the library stays ready and nobody hears it", async () => {
  const listener = server.join(guild, lounge, ana);
  const heard = record(listener);
  const connection = bot.join();
  await bot.ready();
  await listener.ready();
  const playing = bot.play();
  await until("it is heard", () => heard.length > 5);
  server.faults.dropUdp(true);
  await pause(20);
  const until20 = heard.length;
  await pause(300);
  expect(heard.length).toBe(until20);
  expect(connection.state.status).toBe(VoiceConnectionStatus.Ready);
  const lost = server.statistics.lost;
  server.faults.dropUdp(false);
  await until("it is heard again", () => heard.length > until20 + 5);
  playing.stop();
  expect(server.statistics.lost - lost).toBeGreaterThan(5);
  listener.leave();
});

test("a voice server that refuses connections is found again when it accepts them", async () => {
  await server.faults.refuseConnections(true);
  bot.join();
  await until("it has been refused", () => bot.errors.length > 0);
  await server.faults.refuseConnections(false);
  await until("it is ready", () => bot.connection().state.status === VoiceConnectionStatus.Ready);
  expect(bot.errors.every((error) => "code" in error && error.code === "ECONNREFUSED")).toBe(true);
  bot.errors.length = 0;
});

test("the bot moves to another region, and is heard there", async () => {
  const listener = server.join(guild, lounge, ana);
  const heard = record(listener);
  bot.join();
  await bot.ready();
  await listener.ready();
  const before = server.statistics;
  bot.moveRegion(lounge);
  await until("it has identified again", () => server.statistics.identified === before.identified + 1);
  await bot.ready();
  await listener.ready();
  const playing = bot.play();
  await until("it is heard", () => heard.filter(({ opus }) => opus !== undefined).length > 10);
  playing.stop();
  listener.leave();
});

test("the bot moves to another channel: those it left hear no more, those it joins do", async () => {
  const [stays, waits] = [server.join(guild, lounge, ana), server.join(guild, loft, bo)];
  const [left, joined] = [record(stays), record(waits)];
  bot.join();
  await bot.ready();
  await stays.ready();
  const playing = bot.play();
  await until("it is heard in the lounge", () => left.length > 5);
  bot.join(loft);
  await waits.ready();
  await until("it is heard in the loft", () => joined.filter(({ opus }) => opus !== undefined).length > 10);
  const before = left.length;
  await pause(200);
  playing.stop();
  expect(left.length).toBe(before);
  stays.leave();
  waits.leave();
});
