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
  const cache = createSoundCache(load);
  const both = Promise.all([cache.acquire("rain"), cache.acquire("rain")]);
  expect(asked).toHaveLength(1);
  asked[0]!.answer(sound(100));
  const [one, other] = await both;
  expect(one).toBe(other);
  expect(cache.bytes()).toBe(100);
});

test("what is played is never let go; what is not makes room, the one least lately used first", async () => {
  const { load, loaded } = quickDisk();
  const cache = createSoundCache(load, 250);
  const played = await cache.acquire("played");
  for (const path of ["a", "b", "c"]) {
    await cache.acquire(path);
    cache.release(path);
  }
  expect(cache.bytes()).toBe(200);
  expect(await cache.acquire("played")).toBe(played);
  await cache.acquire("c");
  await cache.acquire("a");
  expect(loaded).toEqual(["played", "a", "b", "c", "a"]);
  expect(cache.bytes()).toBe(300);
});

test("a sound that two streams play stays until both have given it back", async () => {
  const { load, loaded } = quickDisk();
  const cache = createSoundCache(load, 50);
  await cache.acquire("rain");
  await cache.acquire("rain");
  cache.release("rain");
  await cache.acquire("rain");
  expect(loaded).toHaveLength(1);
  cache.release("rain");
  cache.release("rain");
  expect(cache.bytes()).toBe(0);
  cache.release("rain");
  await cache.acquire("rain");
  expect(loaded).toHaveLength(2);
});

test("a load that fails is told to all who wait, and the next one tries again", async () => {
  const { asked, load } = slowDisk();
  const cache = createSoundCache(load);
  const waiting = [cache.acquire("rain"), cache.acquire("rain")];
  asked[0]!.fail();
  for (const each of waiting) await expect(each).rejects.toThrow("cannot be read");
  const again = cache.acquire("rain");
  expect(asked).toHaveLength(2);
  asked[1]!.answer(sound(7));
  expect((await again).packets[0]).toHaveLength(7);
  expect(cache.bytes()).toBe(7);
});
