import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { SILENCE_FRAME } from "../src/shared/opus.ts";
import { createRandom } from "../src/shared/random.ts";
import type { Listener, ReceivedPacket } from "../src/voice/types.ts";
import { startVoiceServer } from "../src/voice/voiceServer.ts";
import { ana, bo, createBot, cy, guild, lounge, numberOf, pause, record, trust, until } from "./support/voiceBot.ts";

let server: Awaited<ReturnType<typeof startVoiceServer>>;
let bot: ReturnType<typeof createBot>;
let known = 0;
let listeners: Listener[] = [];

const enter = (user: typeof ana): Listener => {
  const listener = server.join(guild, lounge, user);
  listeners.push(listener);
  return listener;
};
const followed = (heard: readonly ReceivedPacket[]) => {
  const numbers = heard.map(({ opus }) => (opus ? numberOf(opus) : Number.NaN));
  return numbers.length > 0 && numbers.every((number, i) => i === 0 || number === numbers[i - 1]! + 1);
};

beforeAll(async () => {
  server = await startVoiceServer();
  trust(server.certificateAuthority);
});
beforeEach(() => {
  bot = createBot(server);
});
afterEach(async () => {
  bot.leave();
  for (const listener of listeners) listener.leave();
  listeners = [];
  await until("the bot has gone", () => server.connection(guild) === undefined);
  expect(bot.errors).toEqual([]);
  expect(server.violations.slice(known)).toEqual([]);
  known = server.violations.length;
});
afterAll(() => server.close());

test("listeners come and go, the group re-keys, and every packet is heard by those who are in it", async () => {
  const before = server.statistics;
  bot.join();
  await bot.ready();
  const playing = bot.play();
  const heard: ReceivedPacket[][] = [];
  for (const user of [ana, bo, cy]) {
    const listener = enter(user);
    await listener.ready();
    heard.push(record(listener));
    await pause(200);
  }
  const epoch = server.connection(guild)!.epoch;
  expect(epoch).toBe(3);
  listeners[0]!.leave();
  await until("the group has gone on without her", () => (server.connection(guild)?.epoch ?? 0) > epoch);
  await pause(200);
  playing.stop();
  expect(heard.every(followed)).toBe(true);
  expect(heard.every(({ length }) => length >= 5)).toBe(true);
  expect(server.statistics).toMatchObject({
    unencrypted: before.unencrypted,
    undecryptable: before.undecryptable,
    lost: 0,
  });
});

test("three listeners who were there first take the bot in", async () => {
  for (const user of [ana, bo, cy]) enter(user);
  await pause(150);
  bot.join();
  await bot.ready();
  await Promise.all(listeners.map((each) => each.ready()));
  const heard = listeners.map(record);
  const playing = bot.play();
  await until("all hear", () => heard.every(({ length }) => length >= 20));
  playing.stop();
  expect(heard.every(followed)).toBe(true);
});

test("the channel empties and refills: the bot is heard again, in a new group", async () => {
  bot.join();
  await bot.ready();
  const playing = bot.play();
  for (const user of [ana, bo, ana]) {
    const listener = enter(user);
    await listener.ready();
    const heard = record(listener);
    await until("it is heard", () => heard.length >= 10);
    expect(followed(heard)).toBe(true);
    listener.leave();
    await until("the group is given up", () => server.connection(guild)?.epoch === 0);
  }
  playing.stop();
});

test("silence comes in the clear and is not held against the bot", async () => {
  const before = server.statistics;
  const listener = enter(ana);
  bot.join();
  await bot.ready();
  await listener.ready();
  await pause(150);
  const heard = record(listener);
  for (let i = 0; i < 5; i++) bot.connection().playOpusPacket(Buffer.from(SILENCE_FRAME));
  await until("it is heard", () => heard.length === 5);
  expect(heard.every(({ unencrypted, opus }) => unencrypted && opus?.length === 3)).toBe(true);
  expect(server.statistics.unencrypted).toBe(before.unencrypted);
});

test("a welcome that is held back leaves the bot in the clear, which is counted, until it comes", async () => {
  const before = server.statistics;
  server.faults.delayDave(1_200);
  const listener = enter(ana);
  const heard = record(listener);
  bot.join();
  await bot.ready();
  const playing = bot.play();
  const asked = performance.now();
  await listener.ready();
  expect(performance.now() - asked).toBeGreaterThan(1_000);
  server.faults.delayDave(0);
  const from = heard.length;
  expect(heard.slice(0, from).some(({ unencrypted }) => unencrypted)).toBe(true);
  await until("it is heard", () => heard.length >= from + 10);
  playing.stop();
  expect(followed(heard.slice(from))).toBe(true);
  expect(server.statistics.unencrypted).toBeGreaterThan(before.unencrypted);
});

test.each([1, 2, 3])(
  "a spoilt welcome or commit is reported by the bot and mended with %i listeners",
  async (count) => {
    for (const user of [ana, bo, cy].slice(0, count)) enter(user);
    await pause(100);
    server.faults.corruptDave();
    bot.join();
    await bot.ready();
    await Promise.all(listeners.map((each) => each.ready()));
    expect(bot.debug.some((line) => /MLS (welcome|commit) errored/.test(line))).toBe(true);
    const heard = listeners.map(record);
    const playing = bot.play();
    await until("all hear", () => heard.every(({ length }) => length >= 10));
    playing.stop();
    expect(heard.every(followed)).toBe(true);
  },
);

test("people who come and go at once leave nothing behind", async () => {
  const random = createRandom(7);
  bot.join();
  await bot.ready();
  const playing = bot.play();
  const here = new Map<string, Listener>();
  for (let round = 0; round < 60; round++) {
    const user = [ana, bo, cy][Math.floor(random() * 3)]!;
    if (here.has(user)) here.get(user)?.leave();
    if (!here.delete(user)) here.set(user, enter(user));
    await pause(random() * 40);
  }
  const last = here.get(ana) ?? enter(ana);
  await last.ready();
  const heard = record(last);
  await until("it is heard", () => heard.length >= 20);
  playing.stop();
  expect(followed(heard)).toBe(true);
});

test("whatever goes wrong on the way, the members who stay hear the bot in the end", async () => {
  const random = createRandom(3);
  bot.join();
  await bot.ready();
  const playing = bot.play();
  const here = new Map<string, Listener>();
  const mishaps = [
    () => {
      // The library does not report a second spoilt message while it mends the first.
      if ((server.connection(guild)?.epoch ?? 0) > 0) server.faults.corruptDave();
    },
    () => server.faults.closeSocket(guild, 4015),
    () => server.faults.closeSocket(guild, 4006),
    () => server.faults.delayDave(100),
    () => server.faults.delayDave(0),
    () => bot.moveRegion(lounge),
  ];
  for (let step = 0; step < 100; step++) {
    const user = [ana, bo, cy][Math.floor(random() * 3)]!;
    if (random() < 0.3) mishaps[Math.floor(random() * mishaps.length)]?.();
    else if (here.has(user)) {
      here.get(user)?.leave();
      here.delete(user);
    } else here.set(user, enter(user));
    await pause(random() * 30);
  }
  server.faults.delayDave(0);
  const heard = record(here.get(ana) ?? enter(ana));
  await until("it is heard", () => heard.filter(({ opus, unencrypted }) => opus && !unencrypted).length >= 20);
  playing.stop();
});
