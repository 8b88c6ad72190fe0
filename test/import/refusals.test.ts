import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { SILENCE_PACKET } from "../../src/audio/format.ts";
import { readOggPackets, writeOggPages } from "../../src/audio/ogg.ts";
import { writeOggOpus } from "../../src/audio/oggOpus.ts";
import { readStoredSound } from "../../src/audio/storedSound.ts";
import { openImporter } from "../../src/import/importer.ts";
import type { ImportJob, ImportLimits } from "../../src/import/importJob.ts";
import { prng } from "../../src/kernel/random.ts";
import { framesIn, hours, minutes } from "../../src/kernel/units.ts";
import { decodeLoop } from "../../src/render/decodeLoop.ts";
import { importFile } from "../support/importFile.ts";
import { flacSilence, m4a, mp3, noise, opus, vorbis, wav, webm } from "../support/soundFiles.ts";

const folder = mkdtempSync(join(tmpdir(), "lull-refused-"));
const [source, path] = [join(folder, "upload"), join(folder, "sound.opus")];
const importer = openImporter();
afterAll(() => importer.close());

const LIMITS = { longest: framesIn(hours(3)), seconds: 60, memory: 512 * 2 ** 20 };
const jobOf = (file: Uint8Array, limits: Partial<ImportLimits> = {}): ImportJob => {
  writeFileSync(source, file);
  const made = { title: "Sound", licence: "CC0-1.0", serial: 1, soften: true, loop: true };
  return { source, path, ...made, limits: { ...LIMITS, ...limits } };
};
const taken = (file: Uint8Array, limits?: Partial<ImportLimits>) => importFile(jobOf(file, limits));

const oggOf = (packets: number) => Buffer.concat([...writeOggOpus(Array(packets).fill(SILENCE_PACKET), new Map(), 1)]);
const random = prng(3);
const rubbish = (length: number) => Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
const tagged = (tag: Buffer, claims: number) => {
  const head = Buffer.from("ID3\u0004\u0000\u0000\u0000\u0000\u0000\u0000", "latin1");
  for (let i = 0; i < 4; i++) head[6 + i] = (claims >> (21 - 7 * i)) & 0x7f;
  return Buffer.concat([head, tag]);
};

test.each<[string, () => Uint8Array | Promise<Uint8Array>, RegExp]>([
  ["nothing", () => Buffer.alloc(0), /is empty. Export it again/],
  ["random bytes", () => rubbish(5_000), /can’t read this type of file. Send WAV/],
  ["a letter", () => Buffer.from("Dear neighbour"), /can’t read this type of file/],
  ["a playlist under the name of a sound", () => Buffer.from("#EXTM3U\nhttp://example.org/a.mp3\n"), /is a playlist/],
  ["a concat script", () => Buffer.from("ffconcat version 1.0\nfile /etc/passwd\n"), /is a playlist or a script/],
  ["an address", () => Buffer.from("https://example.org/stream"), /is a playlist/],
  ["WAV of 255 channels", () => wav(noise(0.05), { channels: 255 }), /it has 255 channels/],
  ["WAV of 1 Hz", () => wav(noise(1), { rate: 1 }), /its sample rate is 1 Hz/],
  ["WAV of 768 kHz", () => wav(noise(1), { rate: 768_000 }), /its sample rate is 768000 Hz/],
  ["WAV of none but a header", () => wav(noise(1)).subarray(0, 40), /contains no sound|incomplete|damaged/],
  ["silence", () => wav(noise(2, 48_000, () => 0)), /file is silent/],
  ["half a second", () => wav(noise(0.5)), /less than a second/],
  ["Ogg Opus that is cut off", () => opus(noise(2)).subarray(0, 9_000), /incomplete: it ends before its sound/],
  [
    "Ogg Vorbis that is cut off",
    async () => (await vorbis(noise(2, 44_100))).subarray(0, 6_000),
    /incomplete: it ends before its sound/,
  ],
  ["WebM that is cut off", async () => (await webm(noise(2))).subarray(0, 9_000), /damaged or incomplete/],
  ["M4A that is cut off", async () => (await m4a(noise(2, 44_100))).subarray(0, 500), /damaged or incomplete/],
  ["an ID3 tag with nothing behind it", () => tagged(rubbish(3_000), 200_000_000), /no sound after its ID3 tag/],
  ["two Ogg streams, one after the other", () => Buffer.concat([opus(noise(1)), oggOf(50)]), /a second stream/],
  [
    "Ogg that changes from Opus to Vorbis",
    async () => Buffer.concat([opus(noise(1)), await vorbis(noise(1, 44_100))]),
    /a second stream/,
  ],
])("%s is refused with the reason, and what to do", async (_, make, words) => {
  const outcome = taken(await make());
  await expect(outcome).rejects.toThrow(words);
  await expect(outcome).rejects.toMatchObject({ name: "UserError" });
  expect(readdirSync(folder)).toEqual(["upload"]);
});

const silence = (length: number) => noise(length, 44_100, () => 0);
test.each<[string, () => Uint8Array | Promise<Uint8Array>]>([
  ["FLAC", () => flacSilence(0.2)],
  ["Opus", () => oggOf(40_000)],
  ["MP3", async () => Buffer.concat(Array<Buffer>(24).fill(await mp3(silence(6))))],
  ["Vorbis", () => vorbis(silence(140))],
])("much silence in a small %s file ends where the limit is, not where its memory does", async (_, make) => {
  const file = await make();
  expect(file.length).toBeLessThan(2_500_000);
  await expect(taken(file, { longest: framesIn(minutes(2)) })).rejects.toThrow(/longer than .* hours. Split it/);
});

test("positions that an Ogg file claims, and lengths that a WAV file claims, are not believed", async () => {
  const [head, tags, ...sound] = readOggPackets(opus(noise(3)));
  const forged = [head!, tags!, ...sound].map((packet, index) => ({
    packet,
    granule: index < 2 ? 0 : 365 * 86_400 * 48_000,
    endsPage: index < 2 || index % 50 === 0,
  }));
  const claimed = await taken(Buffer.concat([...writeOggPages(forged, 1)]));
  expect(claimed.length).toBeLessThan(150);
  const endless = await taken(wav(noise(3), { dataLength: 0xff_ff_ff_ff }));
  expect(endless.length).toBeLessThan(150);
});

test("twenty megabytes of pictures before an MP3 are stepped over", async () => {
  const tag = Buffer.alloc(20_000_000, 0xff);
  const { kind, length } = await taken(Buffer.concat([tagged(tag, tag.length), await mp3(noise(3, 44_100))]));
  expect(kind).toBe("mp3");
  expect(length).toBeLessThan(150);
});

test("numbers that are none, a constant part and a full-scale burst come out as a soft sound", async () => {
  const sound = noise(6);
  for (let i = 0; i < sound.left.length; i++) {
    sound.left[i] = i % 997 === 0 ? Number.NaN : i % 1_009 === 0 ? Number.POSITIVE_INFINITY : sound.left[i]! + 0.5;
    sound.right[i] = i > 150_000 && i < 155_000 ? Math.sign(Math.sin(i / 3)) * 1e20 : sound.right[i]!;
  }
  await taken(wav(sound, { bits: 32 }));
  const { left, right } = decodeLoop(readStoredSound(path).packets);
  const most = Math.max(
    ...[left, right].map((side) => side.reduce((top, sample) => Math.max(top, Math.abs(sample)), 0)),
  );
  expect(most).toBeLessThan(0.56);
  expect(Math.abs(left.reduce((sum, sample) => sum + sample, 0) / left.length)).toBeLessThan(2e-3);
});

test("a file that takes too much processor time or memory ends its process, and is refused", async () => {
  const slow = jobOf(wav(noise(60)), { seconds: 0.2 });
  await expect(importer.run(slow)).rejects.toThrow(/takes too long to read/);
  const large = jobOf(wav(noise(60)), { memory: 20 * 2 ** 20 });
  await expect(importer.run(large)).rejects.toThrow(/needs too much memory/);
  expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
});
