import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createFrame, FRAME_SAMPLES } from "../../src/audio/format.ts";
import { createOpusDecoder } from "../../src/audio/opusDecoder.ts";
import { parseStoredSound, writeStoredSound } from "../../src/audio/storedSound.ts";
import { type GuildId, id, type SoundId, type UserId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { encodeLoop } from "../../src/render/encodeLoop.ts";
import { openSamples } from "../../src/render/samples.ts";

const rain = id<SoundId>("rain");
const by = { guild: id<GuildId>("1"), user: id<UserId>("2") };
let folder: string;
let path: string;

/** A minute of two tones, one for each ear. */
const twoTones = () =>
  encodeLoop({
    length: 3_000,
    read(index, { left, right }) {
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        const time = (((index + 3_000) % 3_000) * FRAME_SAMPLES + i) / 48_000;
        left[i] = 0.05 * Math.sin(2 * Math.PI * 300 * time);
        right[i] = 0.02 * Math.sin(2 * Math.PI * 700 * time);
      }
    },
  } as Parameters<typeof encodeLoop>[0]);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lull-samples-"));
  path = join(folder, "rain.opus");
  const sound = { packets: twoTones(), keyframeInterval: 50, title: "Rain", licence: "CC0-1.0", loudness: -30 };
  await writeFile(path, [...writeStoredSound(sound, 1)]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const levels = (bytes: Uint8Array) => {
  const { packets } = parseStoredSound(bytes);
  const decoder = createOpusDecoder();
  const frame = createFrame();
  const rms = (channel: Float32Array) =>
    Math.sqrt(channel.reduce((sum, sample) => sum + sample ** 2, 0) / channel.length);
  return packets.map((packet) => {
    decoder.decode(packet, frame, 0);
    return [rms(frame.left), rms(frame.right)] as const;
  });
};

describe("a sample", () => {
  test("is twenty seconds in stereo at the room's level, and begins and ends in silence", async () => {
    const samples = openSamples({
      sounds: { prepare: async (sound) => ({ id: sound, title: "Rain", path, length: 3_000 }) },
      log: silentLog,
    });
    const heard = levels(await samples.of(rain, by));
    expect(heard).toHaveLength(1_000);
    const [left, right] = heard[500]!;
    expect(left).toBeCloseTo(0.05 / Math.SQRT2, 2);
    expect(right).toBeCloseTo(0.02 / Math.SQRT2, 2);
    expect(heard[0]![0]).toBeLessThan(0.002);
    expect(heard.at(-1)![0]).toBeLessThan(0.002);
    for (const [i, [level]] of heard.entries()) expect(Math.abs(level - (heard[i - 1]?.[0] ?? 0))).toBeLessThan(0.01);
    // What was cut once is kept.
    expect(await samples.of(rain, by)).toBe(await samples.of(rain, by));
  });

  test("that cannot be cut is refused in plain words, and the next one is made", async () => {
    let there = join(folder, "gone.opus");
    const samples = openSamples({
      sounds: { prepare: async (sound) => ({ id: sound, title: "Rain", path: there, length: 3_000 }) },
      log: silentLog,
    });
    await expect(samples.of(rain, by)).rejects.toThrow(/couldn’t be made just now/);
    there = path;
    expect((await samples.of(rain, by)).length).toBeGreaterThan(10_000);
  });
});
