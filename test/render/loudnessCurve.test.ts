import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FRAME_SAMPLES } from "../../src/audio/format.ts";
import { writeStoredSound } from "../../src/audio/storedSound.ts";
import { type GuildId, id, type SoundId, type UserId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { encodeLoop } from "../../src/render/encodeLoop.ts";
import { openLoudnessCurves } from "../../src/render/loudnessCurves.ts";

const by = { guild: id<GuildId>("1"), user: id<UserId>("2") };
/** Ten seconds: a tone that is 12 dB softer in their second half. */
const LENGTH = 500;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lull-curves-"));
  const packets = encodeLoop({
    length: LENGTH,
    read(index, { left, right }) {
      const frame = (index + LENGTH) % LENGTH;
      for (let i = 0; i < FRAME_SAMPLES; i++)
        left[i] = right[i] =
          (frame < LENGTH / 2 ? 0.05 : 0.0125) * Math.sin((2 * Math.PI * 997 * (frame * FRAME_SAMPLES + i)) / 48_000);
    },
  } as Parameters<typeof encodeLoop>[0]);
  const sound = { packets, keyframeInterval: 50, title: "Tone", licence: "CC0-1.0", loudness: -26 };
  await writeFile(join(folder, "loop.opus"), [...writeStoredSound(sound, 1)]);
  await writeFile(join(folder, "once.opus"), [...writeStoredSound({ ...sound, bedFrom: 400 }, 1)]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const curves = openLoudnessCurves({
  sounds: {
    prepare: async (sound) => ({ id: sound, title: "Tone", path: join(folder, `${sound}.opus`), length: LENGTH }),
  },
  log: silentLog,
});

test("a curve says how loud a stored sound is at each position, around and around", async () => {
  const { at, mean } = (await curves.of(id<SoundId>("loop"), 0, by))!;
  // 997 Hz at −26 dBFS in both channels: −26 LUFS (EBU Tech 3341).
  expect(at(100)).toBeCloseTo(-26, 0);
  expect(at(400)).toBeCloseTo(-38, 0);
  expect(at(100 + 7 * LENGTH)).toBe(at(100));
  expect(mean).toBeCloseTo(-28.7, 0);
});

test("a sound that is heard once goes on with its bed", async () => {
  const { at } = (await curves.of(id<SoundId>("once"), 0, by))!;
  expect(at(100)).toBeCloseTo(-26, 0);
  expect(at(100 + LENGTH)).toBeCloseTo(-38, 0);
});

test("what cannot be read has no curve", async () => {
  expect(await curves.of(id<SoundId>("missing"), 0, by)).toBeUndefined();
  expect(await curves.of(id<SoundId>("loop"), 3, by)).toBeUndefined();
});
