import { existsSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { createFrame, FRAME_SAMPLES } from "../../src/audio/format.ts";
import { createOpusDecoder } from "../../src/audio/opusDecoder.ts";
import { createOpusEncoder } from "../../src/audio/opusEncoder.ts";
import { readStoredSound } from "../../src/audio/storedSound.ts";
import { takeLength, takePath } from "../../src/audio/takes.ts";
import { createCatalogue } from "../../src/catalogue/catalogue.ts";
import type { Sound } from "../../src/catalogue/sound.ts";
import { id } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { decodeLoop } from "../../src/render/decodeLoop.ts";
import { openRenderer, type Renderer, type RenderProgress } from "../../src/render/renderer.ts";
import { shortSound } from "../support/shortSound.ts";

let renderer: Renderer | undefined;
afterEach(() => renderer?.close());

const open = (
  sounds: readonly Sound[],
  cache = mkdtempSync(join(tmpdir(), "lull-")),
  takes?: { readonly most: number; readonly rest: number },
) => {
  const progress: RenderProgress[] = [];
  renderer = openRenderer({
    catalogue: createCatalogue(sounds),
    cache,
    log: silentLog,
    onProgress: (one) => progress.push(one),
    processes: 1,
    ...(takes && { takes }),
  });
  return { renderer, cache, progress };
};

test("a sound that is asked for is rendered once, and found again", async () => {
  const { renderer, cache, progress } = open([shortSound("hush")]);
  const [first, second] = await Promise.all([renderer.prepare(id("hush")), renderer.prepare(id("hush"))]);
  expect(first).toEqual(second);
  expect(first).toMatchObject({ id: "hush", title: "hush", length: 600 });
  expect(readStoredSound(first.path)).toMatchObject({ length: 600, title: "hush", licence: "CC0-1.0", loudness: -32 });
  expect(readdirSync(cache)).toHaveLength(1);
  expect(progress.at(-1)).toMatchObject({ fraction: 1, done: 1, total: 1 });
  const rises = progress.map(({ fraction }) => fraction);
  expect(rises).toEqual([...rises].sort((a, b) => a - b));

  const again = open([shortSound("hush")], cache);
  await again.renderer.prepare(id("hush"));
  expect(again.progress).toEqual([]);
});

test("what somebody waits for is rendered before the rest", async () => {
  const names = ["a", "b", "c", "d", "e"];
  const { renderer, progress } = open(names.map((name) => shortSound(name)));
  const all = renderer.renderAll();
  await renderer.prepare(id("e"));
  const finished = () => progress.filter(({ fraction }) => fraction === 1).map((one) => one.sound.id);
  expect(finished()).not.toContain("c");
  await all;
  expect(finished().sort()).toEqual(names);
  expect(progress.at(-1)).toMatchObject({ done: 5, total: 5 });
});

test("who waits hears the beginning of a long sound first, and the whole of it when that is made", async () => {
  const long: Sound = {
    ...shortSound("long"),
    origin: { kind: "recipe", recipe: "brown-noise", seed: 1, seconds: 60 },
  };
  const { renderer, cache } = open([long]);
  const whole = new Promise<{ length: number; path: string }>((resolve) => {
    void renderer.prepare(id("long"), resolve).then((first) => expect(first.length).toBe(800));
  });
  const { length, path } = await whole;
  expect(length).toBe(3_000);
  expect(readStoredSound(path).length).toBe(3_000);
  await renderer.close();
  // Another evening: the whole is there, and the beginning is gone.
  const again = open([long], cache);
  expect(readdirSync(cache)).toHaveLength(1);
  expect(await again.renderer.prepare(id("long"), () => {})).toMatchObject({ path, length: 3_000 });
});

test("a text becomes a sound of its words", async () => {
  const spoken: Sound = {
    ...shortSound("said"),
    origin: { kind: "script", seed: 1, text: "title: A\nabout: B\n\nGood night." },
  };
  const { renderer } = open([spoken]);
  const { path, length, ends } = await renderer.prepare(id("said"));
  expect(length).toBeGreaterThan(5 * 50);
  const { bedFrom, packets, loudness, keyframes } = readStoredSound(path);
  expect({ ends, bedFrom, loudness }).toEqual({ ends: true, bedFrom: length, loudness: -30 });
  expect(keyframes).toContain(length);
  // It begins with its words, and its bed is quiet and goes on without a step.
  const { left } = decodeLoop(packets);
  const levelOf = (from: number, to: number) => {
    const part = left.subarray(from * FRAME_SAMPLES, to * FRAME_SAMPLES);
    return 10 * Math.log10(part.reduce((sum, x) => sum + x * x, 1e-12) / part.length);
  };
  expect(levelOf(50, 100) - levelOf(length, packets.length)).toBeGreaterThan(12);
  expect(Math.abs(levelOf(length, length + 50) - levelOf(packets.length - 50, packets.length))).toBeLessThan(3);
});

test("a damaged file in the cache is rendered again", async () => {
  const { renderer, cache } = open([shortSound("hush")]);
  const { path } = await renderer.prepare(id("hush"));
  writeFileSync(path, "nothing");
  expect(await open([shortSound("hush")], cache).renderer.prepare(id("hush"))).toMatchObject({ length: 600 });
  expect(readStoredSound(path).length).toBe(600);
});

test("what an earlier recipe made is swept away, and nothing else", async () => {
  const { renderer, cache } = open([shortSound("hush")]);
  for (const file of ["hush-0123456789ab.opus", "hush-mine.opus", "hush-window-0123456789ab.opus"]) {
    writeFileSync(join(cache, file), "old");
  }
  await renderer.prepare(id("hush"));
  expect(readdirSync(cache).filter((file) => file !== "hush-0123456789ab.opus")).toHaveLength(3);
  expect(readdirSync(cache)).not.toContain("hush-0123456789ab.opus");
});

test("unknown sounds and recipes, and files that are gone, are told calmly", async () => {
  const gone: Sound = { ...shortSound("gone"), origin: { kind: "file", path: "/nowhere/gone.opus" } };
  const { renderer } = open([shortSound("hush", "no-such-recipe"), gone]);
  await expect(renderer.prepare(id("nothing"))).rejects.toMatchObject({ name: "UserError", code: "unknown-sound" });
  await expect(renderer.prepare(id("hush"))).rejects.toMatchObject({ name: "UserError", code: "sound-not-made" });
  await expect(renderer.prepare(id("gone"))).rejects.toMatchObject({ name: "UserError", code: "sound-not-made" });
  await renderer.renderAll();
});

test("closing ends what is being rendered, and leaves no half file under its name", async () => {
  const { renderer, cache } = open([shortSound("hush"), shortSound("hush-2")]);
  const asked = renderer.prepare(id("hush"));
  const refused = expect(asked).rejects.toThrow("Lull is restarting. Try again in a minute.");
  await renderer.close();
  await refused;
  expect(readdirSync(cache).filter((file) => file.endsWith(".opus"))).toEqual([]);
});

test("the count of what is ready never goes backwards, and begins with what was there before", async () => {
  const cache = mkdtempSync(join(tmpdir(), "lull-"));
  await open([shortSound("a")], cache).renderer.renderAll();
  await renderer?.close();
  const { renderer: next, progress } = open([shortSound("a"), shortSound("b"), shortSound("c")], cache);
  await next.renderAll();
  const counts = progress.map(({ done }) => done);
  expect(counts[0]).toBe(1);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  expect(counts.at(-1)).toBe(3);
  await next.close();

  const warm = open([shortSound("a"), shortSound("b"), shortSound("c")], cache);
  await warm.renderer.renderAll();
  expect(warm.progress).toMatchObject([{ fraction: 1, done: 3, total: 3 }]);
});

test("while sounds are rendered, a quiet room stays quiet: the codec shares nothing with what plays", async () => {
  const { renderer } = open([shortSound("one"), shortSound("two")]);
  let rendering = true;
  void renderer.renderAll().finally(() => {
    rendering = false;
  });
  const [encoder, decoder, frame] = [createOpusEncoder(), createOpusDecoder(), createFrame()];
  let loudest = 0;
  while (rendering) {
    for (let i = 0; i < frame.left.length; i++) frame.left[i] = frame.right[i] = 0.001 * Math.sin(i / 7);
    decoder.decode(encoder.encode(frame), frame, 0);
    for (const sample of frame.left) loudest = Math.max(loudest, Math.abs(sample));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(loudest).toBeGreaterThan(0);
  expect(loudest).toBeLessThan(0.01);
});

test("what one guild has asked for holds up another by one sound at most", async () => {
  const { renderer } = open([]);
  const done: string[] = [];
  const ask = async (owner: string, name: string) => {
    await renderer.prepareSound(shortSound(name), undefined, owner);
    done.push(owner);
  };
  await Promise.all([...["a1", "a2", "a3", "a4", "a5"].map((name) => ask("a", name)), ask("b", "b1")]);
  expect(done.indexOf("b")).toBeLessThan(4);
});

const takesIn = (cache: string) => readdirSync(cache).filter((file) => /\.take-\d\.opus$/.test(file));

test("further takes of what is played are rendered when nothing else is, within their room", async () => {
  const long = (name: string): Sound => ({
    ...shortSound(name),
    origin: { kind: "recipe", recipe: "brown-noise", seed: 1, seconds: 14 },
  });
  // One of them takes some 170 kB, and each further one more.
  const { renderer, cache } = open([long("hush"), long("still")], undefined, { most: 250_000, rest: 20 });
  await renderer.prepare(id("hush"), () => {});
  const { path, takes } = await renderer.prepare(id("hush"));
  expect(takes).toBe(true);
  const last = takePath(path, 2);
  await expect.poll(() => existsSync(last) && takesIn(cache).length === 1, { timeout: 60_000 }).toBe(true);
  const [first, other] = [readStoredSound(path), readStoredSound(last)];
  await renderer.close();
  expect(other).toMatchObject({
    length: takeLength(first.length, 2),
    title: "hush",
    licence: "CC0-1.0",
    loudness: -32,
  });
  expect(other.packets[0]).toEqual(first.packets[0]);
  expect(other.packets[300]).not.toEqual(first.packets[300]);
});
