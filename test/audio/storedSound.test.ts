import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OpusDecoder } from "opus-decoder";
import { expect, test } from "vitest";
import { createFrame, FRAME_SAMPLES, type Packet } from "../../src/audio/format.ts";
import { frameAt } from "../../src/audio/frameAt.ts";
import { createOpusEncoder } from "../../src/audio/opusEncoder.ts";
import {
  loadStoredSound,
  parseStoredSound,
  readStoredLength,
  readStoredSound,
  writeStoredSound,
} from "../../src/audio/storedSound.ts";
import { prng } from "../../src/kernel/random.ts";

const hush = (frames: number, keyframeInterval = 50): readonly Packet[] => {
  const encoder = createOpusEncoder();
  const random = prng(1);
  const frame = createFrame();
  return Array.from({ length: frames }, (_, index) => {
    for (const channel of [frame.left, frame.right]) {
      for (let i = 0; i < channel.length; i++) channel[i] = 0.05 * (random() - random());
    }
    return encoder.encode(frame, index % keyframeInterval === 0);
  });
};

const file = (packets: readonly Packet[]) =>
  Buffer.concat([
    ...writeStoredSound({ packets, keyframeInterval: 50, title: "Regen é", licence: "CC0-1.0", loudness: -30.25 }, 7),
  ]);

const refusal = (bytes: Uint8Array): string => {
  try {
    parseStoredSound(bytes);
    return "accepted";
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
};

const packets = hush(130);
const whole = file(packets);

test("what is written is read back, packet by packet, with its tags", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "lull-")), "hush.opus");
  writeFileSync(path, whole);
  const sound = readStoredSound(path);
  expect(sound.packets.map((packet) => Buffer.from(packet).toString("hex"))).toEqual(
    packets.map((packet) => Buffer.from(packet).toString("hex")),
  );
  expect(sound).toMatchObject({ length: 130, keyframes: [0, 50, 100], title: "Regen é", licence: "CC0-1.0" });
  expect(sound.loudness).toBeCloseTo(-30.25, 2);
  expect(await loadStoredSound(path)).toEqual(sound);
});

test("every packet decodes to 20 ms with an independent decoder", async () => {
  const decoder = new OpusDecoder({ channels: 2 });
  await decoder.ready;
  const { packets: stored } = parseStoredSound(whole);
  const decoded = decoder.decodeFrames([...stored]);
  decoder.free();
  expect(decoded.errors).toEqual([]);
  expect(decoded.samplesDecoded).toBe(130 * FRAME_SAMPLES);
});

test("packets that need several segments survive the pages", () => {
  const long = Array.from({ length: 40 }, (_, index) => Uint8Array.of(0xfc, ...new Uint8Array(index * 51).fill(index)));
  expect(parseStoredSound(file(long)).packets.map((packet) => packet.length)).toEqual(long.map((p) => p.length));
  const laid = [254, 255, 256, 510].map((size) => new Uint8Array(size).fill(0xfc));
  expect(parseStoredSound(file(laid)).packets.map((packet) => packet.length)).toEqual([254, 255, 256, 510]);
});

test("packets that only prime the decoder are left out", () => {
  const head = whole.indexOf("OpusHead");
  const primed = Buffer.from(whole);
  primed.writeUInt16LE(3_840, head + 10);
  expect(refusal(primed)).toContain("checksum");
  // The same with its checksum mended, as an encoder writes a piece cut from the middle.
  expect(parseStoredSound(withChecksum(primed, 0)).length).toBe(126);
});

test("a file that is damaged, cut off or of another kind is refused with what to do", () => {
  const flipped = Buffer.from(whole);
  flipped[whole.length >> 1]! ^= 1;
  for (const [bytes, why] of [
    [flipped, "checksum"],
    [whole.subarray(0, whole.length - 7), "cut off"],
    [whole.subarray(0, 20), "cut off"],
    [Buffer.alloc(0), "empty"],
    [Buffer.from("ID3 and then some mp3"), "cut off"],
    [Buffer.alloc(4_000, "x"), "no page header"],
    [Buffer.concat([whole, whole]), "second stream"],
    [file([Uint8Array.of(0xf8 - 8, 1, 2)]), "10 ms long, not 20 ms"],
    [file([new Uint8Array(0)]), "0 ms"],
    [file([]), "no sound"],
    [
      withChecksum(Buffer.from(whole.toString("latin1").replace("OpusHead", "Vorbised"), "latin1"), 0),
      "isn't encoded as Opus",
    ],
  ] as const) {
    expect(refusal(bytes)).toMatch(/^UnreadableSound: The file is/);
    expect(refusal(bytes)).toContain(why);
  }
});

test("no mutilation of a file gets past the reader as anything but a refusal or a sound", () => {
  const random = prng(5);
  const small = file(packets.slice(0, 6));
  for (let round = 0; round < 2_000; round++) {
    const bytes = Buffer.from(small.subarray(0, random() < 0.3 ? Math.floor(random() * small.length) : small.length));
    for (let hits = 0; hits < 3 && bytes.length > 0; hits++) {
      bytes[Math.floor(random() * Math.min(bytes.length, 200))] = Math.floor(random() * 256);
    }
    expect(refusal(withChecksums(bytes))).toMatch(/^(accepted|UnreadableSound)/);
  }
});

/** Ogg's checksum, written a second time on purpose: bit by bit. */
const crc = (bytes: Uint8Array) => {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  }
  return sum >>> 0;
};

function withChecksum(bytes: Buffer, at: number): Buffer {
  const segments = bytes[at + 26] ?? 0;
  const body = bytes.subarray(at + 27, at + 27 + segments).reduce((sum, length) => sum + length, 0);
  const page = bytes.subarray(at, at + 27 + segments + body);
  if (page.length < 27) return bytes;
  page.writeUInt32LE(0, 22);
  page.writeUInt32LE(crc(page), 22);
  return bytes;
}

function withChecksums(bytes: Buffer): Buffer {
  for (let at = bytes.indexOf("OggS"); at >= 0; at = bytes.indexOf("OggS", at + 1)) withChecksum(bytes, at);
  return bytes;
}

test("a checksum computed another way agrees on every page", () => {
  const path = join(mkdtempSync(join(tmpdir(), "lull-")), "one.opus");
  writeFileSync(path, file([Uint8Array.of(0xfc, 0xff, 0xfe)]));
  const bytes = readFileSync(path);
  for (let at = bytes.indexOf("OggS"); at >= 0; at = bytes.indexOf("OggS", at + 1)) {
    const before = Buffer.from(bytes);
    expect(withChecksum(Buffer.from(bytes), at).equals(before)).toBe(true);
  }
});

test("its length is known without reading it whole, and a file that is cut off is still refused", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "lull-length-")), "sound.ogg");
  const lengthOf = async (bytes: Uint8Array) => {
    writeFileSync(path, bytes);
    return readStoredLength(path);
  };
  for (const count of [1, 49, 50, 51, 130])
    expect(await lengthOf(file(packets.slice(0, count)))).toEqual({ length: count });
  for (const end of [1, 500, whole.length - 1]) await expect(lengthOf(whole.subarray(0, end))).rejects.toThrow(/Ogg/);
  await expect(readStoredLength(`${path}.gone`)).rejects.toThrow("ENOENT");
  const pages = [...writeStoredSound({ packets, keyframeInterval: 50, title: "", licence: "", loudness: -30 }, 7)];
  await expect(lengthOf(Buffer.concat(pages.slice(0, -1)))).resolves.toEqual({ length: 100 });
});

test("a sound that is heard once says where its bed begins, and goes on in the bed", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "lull-ends-")), "sound.ogg");
  const tags = { keyframeInterval: 50, title: "", licence: "", loudness: -30 };
  const write = (bedFrom: number) =>
    writeFileSync(path, Buffer.concat([...writeStoredSound({ packets, ...tags, bedFrom }, 7)]));
  write(100);
  expect(await readStoredLength(path)).toEqual({ length: 100, ends: true });
  const sound = readStoredSound(path);
  expect([0, 99, packets.length - 1].map((at) => frameAt(sound, at))).toEqual([0, 99, packets.length - 1]);
  const bed = packets.length - 100;
  expect([0, 1, bed, 1_000 * bed].map((at) => frameAt(sound, packets.length + at))).toEqual([100, 101, 100, 100]);
  expect(frameAt({ length: 10 }, 25)).toBe(5);
  expect(frameAt({ length: 10 }, -3)).toBe(7);
  // What is no place in the sound is none.
  write(packets.length);
  expect(await readStoredLength(path)).toEqual({ length: packets.length });
});
