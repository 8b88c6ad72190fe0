import { FRAME_SAMPLES, type Frame } from "../audio/format.ts";
import { createKWeightedEnergy, loudnessOfPower } from "../audio/loudness.ts";
import type { Decibels, Frames } from "../kernel/units.ts";
import type { PcmChunks } from "./formats/pcmChunk.ts";
import { readFrames } from "./formats/readFrames.ts";
import { tooLong } from "./refusals.ts";

/** What has been measured of a whole sound, frame by frame. */
export interface Survey {
  readonly length: Frames;
  /** LUFS, integrated; −Infinity for silence. */
  readonly loudness: Decibels;
  /** K-weighted mean power of each frame. */
  readonly powers: Float32Array;
  /**
   * In LUFS: a frame, or its first half with the half before, whichever is louder. An onset may lie
   * across two frames.
   */
  readonly levels: Float32Array;
}

const grown = (numbers: Float32Array): Float32Array<ArrayBuffer> => {
  const more = new Float32Array(numbers.length * 2);
  more.set(numbers);
  return more;
};

const average = (of: readonly number[]) => of.reduce((sum, block) => sum + block, 0) / of.length;

/**
 * Integrated loudness of frames, gated (BS.1770-4): their 20 ms make up its blocks of 400 ms, a
 * tenth of a second apart.
 * @param gains linear, a frame each
 * @returns LUFS; −Infinity for silence
 */
export const loudnessOf = (powers: Float32Array, from: Frames, to: Frames, gains?: Float32Array): Decibels => {
  const blocks: number[] = [];
  for (let at = from; at + 20 <= to; at += 5) {
    let sum = 0;
    for (let i = at; i < at + 20; i++) sum += powers[i]! * (gains === undefined ? 1 : gains[i]! ** 2);
    if (loudnessOfPower(sum / 20) > -70) blocks.push(sum / 20);
  }
  const gate = loudnessOfPower(average(blocks)) - 10;
  const heard = blocks.filter((block) => loudnessOfPower(block) > gate);
  return heard.length === 0 ? Number.NEGATIVE_INFINITY : loudnessOfPower(average(heard));
};

/**
 * Decodes a sound once and measures it, keeping two numbers a frame.
 * @throws UserError when it is longer than `longest`, whatever it claims to be
 */
export const surveyOf = async (
  chunks: PcmChunks,
  longest: Frames,
  onFrame: (done: Frames, frame: Frame) => void,
): Promise<Survey> => {
  const energy = createKWeightedEnergy();
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
    const first = energy(frame, 0, half);
    const second = energy(frame, half);
    powers[index] = (first + second) / FRAME_SAMPLES;
    levels[index] = loudnessOfPower(Math.max(first + second, before + first) / FRAME_SAMPLES + 1e-12);
    before = second;
    onFrame(index, frame);
  };
  const length = await readFrames(chunks, look);
  return {
    length,
    loudness: loudnessOf(powers, 0, length),
    powers: powers.subarray(0, length),
    levels: levels.subarray(0, length),
  };
};
