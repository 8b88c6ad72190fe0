import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FRAME_SAMPLES, type Pcm } from "../../src/audio/format.ts";
import { readStoredSound } from "../../src/audio/storedSound.ts";
import type { ImportJob } from "../../src/import/importJob.ts";
import { framesIn, hours, seconds } from "../../src/kernel/units.ts";
import { decodeLoop } from "../../src/render/decodeLoop.ts";
import { importFile } from "../support/importFile.ts";
import { differencesForOtherBots } from "../support/otherBots.ts";
import { createReferenceMeter } from "../support/referenceMeter.ts";
import { aac, aiff, flac, m4a, mp3, noise, opus, vorbis, wav, webm } from "../support/soundFiles.ts";

const folder = mkdtempSync(join(tmpdir(), "lull-import-"));

const taken = async (file: Uint8Array, more: Partial<ImportJob> = {}) => {
  const source = join(folder, "upload");
  const path = join(folder, "sound.opus");
  writeFileSync(source, file);
  const limits = { longest: framesIn(hours(3)), seconds: 60, memory: 512 * 2 ** 20 };
  const job = {
    source,
    path,
    title: "Sound",
    licence: "CC0-1.0",
    serial: 1,
    soften: true,
    loop: true,
    limits,
    ...more,
  };
  const findings = await importFile(job);
  return { findings, path, stored: readStoredSound(path) };
};

const LENGTH = 5;
const at44 = noise(LENGTH, 44_100);
const at48 = noise(LENGTH);

test.each<[string, () => Uint8Array | Promise<Uint8Array>, string]>([
  ["WAV of 16 bits", () => wav(at48), "wav"],
  ["WAV of 24 bits at 44.1 kHz", () => wav(at44, { bits: 24, rate: 44_100 }), "wav"],
  ["WAV of floats, mono", () => wav(at48, { bits: 32, channels: 1 }), "wav"],
  ["AIFF", () => aiff(at44), "aiff"],
  ["MP3", () => mp3(at44), "mp3"],
  ["FLAC", () => flac(at44), "flac"],
  ["Ogg Vorbis", () => vorbis(at44), "vorbis"],
  ["Ogg Opus", () => opus(at48), "opus"],
  ["M4A", () => m4a(at44), "mp4"],
  ["AAC", () => aac(at44), "aac"],
  ["WebM", () => webm(at48), "webm"],
])(
  "%s comes out at the level of the built-in sounds, whole, with keyframes, and other bots read it as we do",
  async (_, make, kind) => {
    const { findings, path, stored } = await taken(await make());
    const meter = await createReferenceMeter();
    const heard = decodeLoop(stored.packets);
    expect(findings.kind).toBe(kind);
    expect(Math.abs(meter.loudness(heard) + 30)).toBeLessThan(0.5);
    expect(meter.truePeak(heard)).toBeLessThan(-5);
    // The two seconds of the crossfade are in it once, and a loop may leave a second away.
    expect(Math.abs(stored.length - framesIn(seconds(LENGTH - 2)))).toBeLessThan(60);
    expect(stored.keyframes.length).toBeGreaterThan(2);
    expect(findings.onsets).toEqual([]);
    expect(await differencesForOtherBots(path)).toEqual([]);
  },
);

const largestStep = ({ left }: Pcm, from: number, to: number) => {
  let most = 0;
  for (let i = from; i < to; i++)
    most = Math.max(most, Math.abs(left[i % left.length]! - left[(i - 1 + left.length) % left.length]!));
  return most;
};

test("its end goes over into its beginning without a click, and silence at both ends is left out", async () => {
  const quiet = (second: number) => (second < 1.5 || second > 10 ? 0 : 1);
  const { findings, stored } = await taken(wav(noise(14, 48_000, quiet)));
  const pcm = decodeLoop(stored.packets);
  const length = pcm.left.length;
  expect(largestStep(pcm, length - 480, length + 480)).toBeLessThan(1.5 * largestStep(pcm, 48_000, length - 48_000));
  expect(stored.length / 50).toBeGreaterThan(4);
  expect(stored.length / 50).toBeLessThan(6.8);
  expect(findings.trimmed / 50).toBeGreaterThan(5);
});

test("what ends is heard once: a quiet room follows it, and goes on", async () => {
  const { findings, stored } = await taken(wav(noise(6)), { loop: false });
  expect(Math.abs(findings.length - framesIn(seconds(6)))).toBeLessThan(5);
  expect(stored.bedFrom! - findings.length).toBeGreaterThanOrEqual(framesIn(seconds(6)));
  expect(stored.keyframes).toContain(stored.bedFrom);
  const { left } = decodeLoop(stored.packets);
  const levelOf = (from: number) => {
    const part = left.subarray(from * FRAME_SAMPLES, (from + 100) * FRAME_SAMPLES);
    return 10 * Math.log10(part.reduce((sum, x) => sum + x * x, 1e-12) / part.length);
  };
  expect(levelOf(100) - levelOf(stored.bedFrom!)).toBeGreaterThan(18);
  expect(Math.abs(levelOf(stored.bedFrom!) - levelOf(stored.length - 100))).toBeLessThan(2);
});

test("a sudden sound is found where it is, and rounded off; where it is wanted, it is kept", async () => {
  const bangs = (second: number) => (second % 10 > 4 && second % 10 < 4.06 ? 40 : 1);
  const file = wav(noise(20, 48_000, (second) => 0.1 * bangs(second)));
  const loudest = (stored: { packets: readonly Uint8Array[] }) => {
    const { left } = decodeLoop(stored.packets);
    return left.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  };
  const soft = await taken(file);
  expect(soft.findings.onsets.map((frame) => Math.round(frame / 50))).toEqual([4, 14]);
  const kept = await taken(file, { soften: false });
  expect(loudest(kept.stored)).toBeGreaterThan(2 * loudest(soft.stored));
});

test("nothing but the sounds and what they were made of is left in the folder", () => {
  expect(readdirSync(folder).sort()).toEqual(["sound.opus", "upload"]);
});
