import { afterEach, beforeEach, expect, test } from "vitest";
import type { Emulator } from "../src/api.ts";
import { openEmulator } from "../src/emulator.ts";
import { PageError } from "../src/page/pageError.ts";
import { createWalkthrough, type WalkthroughStep } from "../src/page/walkthrough.ts";

let emulator: Emulator;
let told: (number | string | null)[];

beforeEach(async () => {
  emulator = await openEmulator();
  told = [];
  await emulator.member("you").join("lounge");
});
afterEach(() => emulator.close());

const COMES: WalkthroughStep = { after: 0, act: ({ companion, channel }) => companion("ana").join(channel) };
const WAITS: WalkthroughStep = { after: 0, act: () => new Promise((resolve) => setTimeout(resolve, 30)) };

const walk = (...steps: WalkthroughStep[]) =>
  createWalkthrough(emulator, "you", steps, (step, sentence) => told.push(step, ...(sentence ? [sentence.key] : [])));

const names = () => emulator.members().map(({ name }) => name);
const ended = () => expect.poll(() => told, { interval: 5 }).toContain(null);

test("companions act where the user is, each step is told, and those who came for it leave", async () => {
  const where: (string | undefined)[] = [];
  const looks = async () => {
    where.push(emulator.members().find(({ name }) => name === "ana")?.voice?.channel);
  };
  const walkthrough = walk(COMES, { after: 0, act: looks });
  walkthrough.start();
  // Another page may have started it already.
  walkthrough.start();
  await ended();
  expect(where).toEqual(["lounge"]);
  expect(told).toEqual([0, 1, null]);
  expect(names()).not.toContain("ana");
});

test("a companion who was there before stays in the server", async () => {
  emulator.member("ana");
  walk(COMES).start();
  await ended();
  const ana = emulator.members().find(({ name }) => name === "ana");
  expect(ana).toBeDefined();
  expect(ana?.voice).toBeUndefined();
});

test("a user in no voice channel is told to join one, and one without a walkthrough that there is none", async () => {
  expect(() => walk().start()).toThrow(PageError);
  await emulator.member("you").leave();
  expect(() => walk(COMES).start()).toThrow("Join a voice channel first.");
  expect(told).toEqual([]);
});

test.each([
  ["the user leaves", () => emulator.member("you").leave()],
  ["a step can't be done", () => Promise.reject(new Error("no such command"))],
])("it ends early and says so when %s", async (_, act) => {
  walk(COMES, { after: 0, act }, WAITS).start();
  await ended();
  expect(told).toEqual([0, 1, null, "walkthroughInterrupted"]);
  expect(names()).not.toContain("ana");
});

test("stopped, it ends without a word, and can be started again", async () => {
  const walkthrough = walk(COMES, { after: 60_000, act: COMES.act });
  walkthrough.start();
  await expect.poll(() => told, { interval: 5 }).toEqual([0]);
  walkthrough.stop();
  await ended();
  expect(told).toEqual([0, null]);
  walkthrough.start();
  await expect.poll(() => told, { interval: 5 }).toEqual([0, null, 0]);
  walkthrough.stop();
});
