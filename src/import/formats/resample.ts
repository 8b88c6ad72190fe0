import loadSpeex from "@echogarden/speex-resampler-wasm/simd";
import { CHANNELS, type Pcm, SAMPLE_RATE } from "../../audio/format.ts";
import type { Hertz } from "../../kernel/units.ts";

/** Of 0 to 10: passes 20 kHz of 44.1, and folds back nothing above −80 dB. Resampling is what takes longest, and 10 takes five times as long. */
const QUALITY = 5;
/** Samples a channel that go through at once. */
const BLOCK = 4_096;

/**
 * Brings stereo sound to 48 kHz with the resampler of Speex, in WebAssembly.
 * @returns a function that takes the next samples and hands out what is ready, in its own memory until the next call
 */
export const createResampler = async (from: Hertz) => {
  if (from === SAMPLE_RATE) return (sound: Pcm, use: (part: Pcm) => void): void => use(sound);
  const speex = await loadSpeex();
  const room = Math.ceil((BLOCK * SAMPLE_RATE) / from) + 16;
  const [input, output] = [speex._malloc(BLOCK * CHANNELS * 4), speex._malloc(room * CHANNELS * 4)];
  const [taken, given] = [speex._malloc(4), speex._malloc(4)];
  const state = speex._speex_resampler_init(CHANNELS, from, SAMPLE_RATE, QUALITY, taken);
  if (state === 0) throw new Error(`The resampler does not take ${from} Hz`);
  const out = { left: new Float32Array(room), right: new Float32Array(room) };

  const block = (left: Float32Array, right: Float32Array, use: (part: Pcm) => void): number => {
    const heap = speex.HEAPF32;
    for (let i = 0; i < left.length; i++) {
      heap[(input >> 2) + 2 * i] = left[i]!;
      heap[(input >> 2) + 2 * i + 1] = right[i]!;
    }
    speex.HEAPU32[taken >> 2] = left.length;
    speex.HEAPU32[given >> 2] = room;
    speex._speex_resampler_process_interleaved_float(state, input, taken, output, given);
    const count = speex.HEAPU32[given >> 2]!;
    const made = speex.HEAPF32;
    for (let i = 0; i < count; i++) {
      out.left[i] = made[(output >> 2) + 2 * i]!;
      out.right[i] = made[(output >> 2) + 2 * i + 1]!;
    }
    use({ left: out.left.subarray(0, count), right: out.right.subarray(0, count) });
    return speex.HEAPU32[taken >> 2]!;
  };

  return ({ left, right }: Pcm, use: (part: Pcm) => void): void => {
    for (let at = 0; at < left.length; ) {
      const end = at + BLOCK;
      const used = block(left.subarray(at, end), right.subarray(at, end), use);
      if (used === 0) throw new Error("The resampler takes no more");
      at += used;
    }
  };
};
