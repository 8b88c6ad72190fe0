import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFrame, FRAME_SAMPLES, type Packet } from "../../src/audio/format.ts";
import { createOpusEncoder } from "../../src/audio/opusEncoder.ts";
import { writeStoredSound } from "../../src/audio/storedSound.ts";
import { MAX_TAKES, takeLength, takePath } from "../../src/audio/takes.ts";
import { type Frames, framesIn, seconds } from "../../src/kernel/units.ts";

/**
 * What the variants play: two minutes of quiet brown noise, as stored packets and, if ffmpeg is
 * installed, as MP3.
 */
export interface Material {
  readonly opus: string;
  readonly length: Frames;
  readonly mp3: string | undefined;
  /** Ten sounds of the same kind that are not the same, as stored packets; made when they are first asked for. */
  different(): readonly string[];
  /** Eight takes of one sound, with the first one's path; made when they are first asked for. */
  takes(): string;
}

export const LENGTH = framesIn(seconds(120));
const KEYFRAMES = 50;
/** Of the first of several takes. A built-in sound's are twelve times as long, and change as much less often. */
const TAKE_LENGTH = framesIn(seconds(25));

/**
 * Fills frames with noise that falls by 6 dB per octave, different in each channel; the same for
 * the same seed.
 */
export const createNoise = (seed: number) => {
  let state = seed >>> 0 || 1;
  const random = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 31 - 1;
  };
  let [left, right] = [0, 0];
  return (frame: ReturnType<typeof createFrame>) => {
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      left = left * 0.98 + random() * 0.02;
      right = right * 0.98 + random() * 0.02;
      frame.left[i] = left;
      frame.right[i] = right;
    }
  };
};

const encodeNoise = (length: Frames, seed = 7): Packet[] => {
  const encoder = createOpusEncoder();
  const noise = createNoise(seed);
  const frame = createFrame();
  return Array.from({ length }, (_, index) => {
    noise(frame);
    return encoder.encode(frame, index % KEYFRAMES === 0);
  });
};

const DIFFERENT = 10;

/** Writes the material into a temporary folder. */
export const makeMaterial = (): Material => {
  const folder = mkdtempSync(join(tmpdir(), "lull-bench-"));
  const write = (name: string, seed?: number, length = LENGTH): string => {
    const path = join(folder, name);
    const sound = {
      packets: encodeNoise(length, seed),
      keyframeInterval: KEYFRAMES,
      title: "Noise",
      licence: "CC0-1.0",
      loudness: -30,
    };
    writeFileSync(path, Buffer.concat([...writeStoredSound(sound, 1)]));
    return path;
  };
  const opus = write("noise.opus");
  const mp3 = join(folder, "noise.mp3");
  const made = spawnSync("ffmpeg", ["-v", "error", "-i", opus, "-b:a", "192k", mp3]);
  let different: readonly string[] | undefined;
  let takes: string | undefined;
  return {
    opus,
    length: LENGTH,
    mp3: made.status === 0 ? mp3 : undefined,
    different() {
      different ??= Array.from({ length: DIFFERENT }, (_, index) => write(`noise-${index}.opus`, 100 + index));
      return different;
    },
    takes() {
      if (takes !== undefined) return takes;
      for (let take = 0; take < MAX_TAKES; take++)
        write(takePath("takes.opus", take), 200 + take, takeLength(TAKE_LENGTH, take));
      takes = join(folder, "takes.opus");
      return takes;
    },
  };
};
