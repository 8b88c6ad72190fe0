import { expect, test } from "vitest";
import type { StoredSound } from "../../../src/audio/storedSound.ts";
import { createSoundCache } from "../../../src/engine/playback/soundCache.ts";

const sound = (bytes: number): StoredSound => ({
  packets: [new Uint8Array(bytes)],
  length: 1,
  keyframes: [0],
  title: undefined,
  licence: undefined,
  loudness: undefined,
});

/** A disk that answers when it is told to. */
const slowDisk = () => {
  const asked: { readonly path: string; readonly answer: (sound: StoredSound) => void; readonly fail: () => void }[] =
    [];
  const load = (path: string) =>
    new Promise<StoredSound>((answer, reject) => {
      asked.push({ path, answer, fail: () => reject(new Error(`${path} cannot be read`)) });
    });
  return { asked, load };
};
/** One that answers at once, with sounds of 100 bytes. */
const quickDisk = () => {
  const loaded: string[] = [];
  return {
    loaded,
    load: async (path: string) => {
      loaded.push(path);
      return sound(100);
    },
  };
};

test("two who ask at the same time share one load and one sound", async () => {
  const { asked, load } = slowDisk();
  const shelf = createSoundCache(load);
  const both = Promise.all([shelf.acquire("rain"), shelf.acquire("rain")]);
  expect(asked).toHaveLength(1);
  asked[0]!.answer(sound(100));
  const [one, other] = await both;
  expect(one).toBe(other);
  expect(shelf.bytes()).toBe(100);
});

test("what is played is never let go; what is not makes room, the one least lately used first", async () => {
  const { load, loaded } = quickDisk();
  const shelf = createSoundCache(load, 250);
  const played = await shelf.acquire("played");
  for (const path of ["a", "b", "c"]) {
    await shelf.acquire(path);
    shelf.release(path);
  }
  expect(shelf.bytes()).toBe(200);
  expect(await shelf.acquire("played")).toBe(played);
  await shelf.acquire("c");
  await shelf.acquire("a");
  expect(loaded).toEqual(["played", "a", "b", "c", "a"]);
  expect(shelf.bytes()).toBe(300);
});

test("a sound that two streams play stays until both have given it back", async () => {
  const { load, loaded } = quickDisk();
  const shelf = createSoundCache(load, 50);
  await shelf.acquire("rain");
  await shelf.acquire("rain");
  shelf.release("rain");
  await shelf.acquire("rain");
  expect(loaded).toHaveLength(1);
  shelf.release("rain");
  shelf.release("rain");
  expect(shelf.bytes()).toBe(0);
  shelf.release("rain");
  await shelf.acquire("rain");
  expect(loaded).toHaveLength(2);
});

test("a load that fails is told to all who wait, and the next one tries again", async () => {
  const { asked, load } = slowDisk();
  const shelf = createSoundCache(load);
  const waiting = [shelf.acquire("rain"), shelf.acquire("rain")];
  asked[0]!.fail();
  for (const each of waiting) await expect(each).rejects.toThrow("cannot be read");
  const again = shelf.acquire("rain");
  expect(asked).toHaveLength(2);
  asked[1]!.answer(sound(7));
  expect((await again).packets[0]).toHaveLength(7);
  expect(shelf.bytes()).toBe(7);
});
