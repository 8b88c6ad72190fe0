import { expect, test } from "vitest";
import type { StoredSound } from "../../src/audio/stored.ts";
import { createShelf } from "../../src/voice/shelf.ts";

const sound = (bytes: number): StoredSound => ({
  packets: [new Uint8Array(bytes)],
  length: 1,
  keyframes: [0],
  title: undefined,
  licence: undefined,
  loudness: undefined,
});

/** A disk that answers when it is told to. */
const disk = () => {
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
  const { asked, load } = disk();
  const shelf = createShelf(load);
  const both = Promise.all([shelf.take("rain"), shelf.take("rain")]);
  expect(asked).toHaveLength(1);
  asked[0]!.answer(sound(100));
  const [one, other] = await both;
  expect(one).toBe(other);
  expect(shelf.bytes()).toBe(100);
});

test("what is played is never let go; what is not makes room, the one least lately used first", async () => {
  const { load, loaded } = quickDisk();
  const shelf = createShelf(load, 250);
  const played = await shelf.take("played");
  for (const path of ["a", "b", "c"]) {
    await shelf.take(path);
    shelf.giveBack(path);
  }
  expect(shelf.bytes()).toBe(200);
  expect(await shelf.take("played")).toBe(played);
  await shelf.take("c");
  await shelf.take("a");
  expect(loaded).toEqual(["played", "a", "b", "c", "a"]);
  expect(shelf.bytes()).toBe(300);
});

test("a sound that two streams play stays until both have given it back", async () => {
  const { load, loaded } = quickDisk();
  const shelf = createShelf(load, 50);
  await shelf.take("rain");
  await shelf.take("rain");
  shelf.giveBack("rain");
  await shelf.take("rain");
  expect(loaded).toHaveLength(1);
  shelf.giveBack("rain");
  shelf.giveBack("rain");
  expect(shelf.bytes()).toBe(0);
  shelf.giveBack("rain");
  await shelf.take("rain");
  expect(loaded).toHaveLength(2);
});

test("a load that fails is told to all who wait, and the next one tries again", async () => {
  const { asked, load } = disk();
  const shelf = createShelf(load);
  const waiting = [shelf.take("rain"), shelf.take("rain")];
  asked[0]!.fail();
  for (const each of waiting) await expect(each).rejects.toThrow("cannot be read");
  const again = shelf.take("rain");
  expect(asked).toHaveLength(2);
  asked[1]!.answer(sound(7));
  expect((await again).packets[0]).toHaveLength(7);
  expect(shelf.bytes()).toBe(7);
});
