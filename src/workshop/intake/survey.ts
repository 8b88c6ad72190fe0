import { FRAME_SAMPLES, type Frame } from "../../audio/format.ts";
import { createLoudnessMeter, lufs, weightedEnergy } from "../../audio/loudness.ts";
import type { Decibels, Frames } from "../../kernel/units.ts";
import { readFrames } from "./frames.ts";
import type { Pieces } from "./piece.ts";
import { tooLong } from "./refusals.ts";

/** What has been measured of a whole sound, frame by frame. */
export interface Survey {
  readonly length: Frames;
  /** LUFS, integrated; −Infinity for silence. */
  readonly loudness: Decibels;
  /** K-weighted mean power of each frame. */
  readonly powers: Float32Array;
  /** The louder of a frame and of its first half with the half before, in LUFS: an onset may lie across two frames. */
  readonly levels: Float32Array;
}

const grown = (numbers: Float32Array): Float32Array<ArrayBuffer> => {
  const more = new Float32Array(numbers.length * 2);
  more.set(numbers);
  return more;
};

/**
 * Decodes a sound once and measures it, keeping two numbers a frame.
 * @throws UserError when it is longer than `longest`, whatever it claims to be
 */
export const surveyOf = async (pieces: Pieces, longest: Frames, onFrame: (done: Frames) => void): Promise<Survey> => {
  const meter = createLoudnessMeter();
  const [left, right] = [weightedEnergy(), weightedEnergy()];
  const half = FRAME_SAMPLES / 2;
  let powers = new Float32Array(4_096);
  let levels = new Float32Array(4_096);
  let before = 0;
  const look = (frame: Frame, index: Frames) => {
    if (index >= longest) throw tooLong(longest / 180_000);
    if (index === powers.length) {
      powers = grown(powers);
      levels = grown(levels);
    }
    const first = left(frame.left, 0, half) + right(frame.right, 0, half);
    const second = left(frame.left, half) + right(frame.right, half);
    powers[index] = (first + second) / FRAME_SAMPLES;
    levels[index] = lufs(Math.max(first + second, before + first) / FRAME_SAMPLES + 1e-12);
    before = second;
    meter.push(frame);
    onFrame(index);
  };
  const length = await readFrames(pieces, look);
  return {
    length,
    loudness: meter.integrated(),
    powers: powers.subarray(0, length),
    levels: levels.subarray(0, length),
  };
};
