import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { createOpusEncoder } from "../../src/audio/encode.ts";
import { createFrame, FRAME_SAMPLES, type Pcm } from "../../src/audio/format.ts";
import { writeOggOpus } from "../../src/audio/oggOpus.ts";
import { readStoredSound } from "../../src/audio/stored.ts";
import { id, type SoundId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { prng } from "../../src/kernel/random.ts";
import { createCatalogue } from "../../src/library/catalogue.ts";
import { decodeLoop } from "../../src/workshop/decodeLoop.ts";
import { findUserSounds } from "../../src/workshop/userSounds.ts";
import { openWorkshop, type Workshop } from "../../src/workshop/workshop.ts";
import { independentMeter } from "../support/independentMeter.ts";

let workshop: Workshop | undefined;
afterEach(() => workshop?.close());

/** A recording as others make it: no keyframes, no level, `level(second)` as the amplitude of its noise. */
const recording = (length: number, level: (second: number) => number): Uint8Array => {
  const [random, encoder, frame] = [prng(7), createOpusEncoder(), createFrame()];
  let low = 0;
  const packets = Array.from({ length: length * 50 }, (_, index) => {
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      low += 0.2 * (random() * 2 - 1 - low);
      frame.left[i] = low * level(index / 50) + 0.02;
      frame.right[i] = low * level(index / 50) + 0.02;
    }
    return encoder.encode(frame);
  });
  return Buffer.concat([...writeOggOpus(packets, new Map([["TITLE", "The neighbour's dryer"]]), 1)]);
};

const ingested = async (file: Uint8Array) => {
  const folder = mkdtempSync(join(tmpdir(), "lull-own-"));
  const source = join(folder, "dryer.opus");
  writeFileSync(source, file);
  const catalogue = createCatalogue(findUserSounds(folder, new Set(), silentLog));
  workshop = openWorkshop({
    catalogue,
    cache: mkdtempSync(join(tmpdir(), "lull-cache-")),
    log: silentLog,
    processes: 1,
  });
  const { path } = await workshop.prepare(id<SoundId>("own-dryer"));
  const stored = readStoredSound(path);
  return { folder, source, path, stored, pcm: decodeLoop(stored.packets) };
};

const largestStep = ({ left }: Pcm, from: number, to: number) => {
  let most = 0;
  for (let i = from; i < to; i++)
    most = Math.max(most, Math.abs(left[i % left.length]! - left[(i - 1 + left.length) % left.length]!));
  return most;
};

test("a loud recording comes to the level of the built-in sounds, and is left as it is on disk", async () => {
  const file = recording(12, () => 1.6);
  const { source, stored, pcm } = await ingested(file);
  const meter = await independentMeter();
  const { loudness, truePeak } = meter(pcm);
  expect(loudness).toBeGreaterThan(-30.7);
  expect(loudness).toBeLessThan(-29.3);
  expect(truePeak).toBeLessThan(-5);
  expect(stored.keyframes.length).toBeGreaterThan(5);
  expect(Math.abs(pcm.left.reduce((sum, each) => sum + each, 0) / pcm.left.length)).toBeLessThan(2e-4);
  expect(readFileSync(source).equals(file)).toBe(true);
});

test("its end goes over into its beginning without a click", async () => {
  const { pcm } = await ingested(recording(8, () => 0.5));
  const length = pcm.left.length;
  expect(largestStep(pcm, length - 480, length + 480)).toBeLessThanOrEqual(
    1.5 * largestStep(pcm, 48_000, length - 48_000),
  );
});

test("a bang at the end of a quiet recording wakes no one", async () => {
  const { pcm } = await ingested(recording(20, (second) => (second > 17 ? 3 : 0.02)));
  const end = pcm.left.slice(-96_000);
  const meter = await independentMeter();
  expect(meter(pcm).truePeak).toBeLessThan(-5);
  expect(meter({ left: end, right: end }).loudness).toBeLessThan(-20);
});

test("a recording of next to nothing is not blown up", async () => {
  const { pcm } = await ingested(recording(8, () => 0.002));
  const meter = await independentMeter();
  expect(meter(pcm).loudness).toBeLessThan(-45);
});

test("a file that has gone since is said to be unreadable, and what to do", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lull-own-"));
  writeFileSync(
    join(folder, "one.opus"),
    recording(4, () => 0.5),
  );
  copyFileSync(join(folder, "one.opus"), join(folder, "two.opus"));
  const catalogue = createCatalogue(findUserSounds(folder, new Set(), silentLog));
  workshop = openWorkshop({
    catalogue,
    cache: mkdtempSync(join(tmpdir(), "lull-cache-")),
    log: silentLog,
    processes: 1,
  });
  rmSync(join(folder, "two.opus"));
  await expect(workshop.prepare(id<SoundId>("own-two"))).rejects.toThrow(/can no longer be read. Choose another/);
  await expect(workshop.prepare(id<SoundId>("own-one"))).resolves.toMatchObject({ title: "The neighbour's dryer" });
});
