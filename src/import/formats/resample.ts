import { CHANNELS, type Pcm, SAMPLE_RATE } from "../../audio/format.ts";
import type { Hertz } from "../../kernel/units.ts";

/**
 * From 0 to 10. 5 passes 20 kHz of 44.1 and folds back nothing above −80 dB; resampling takes
 * longest of all, and 10 takes five times as long.
 */
const QUALITY = 5;
/** Samples a channel that go through at once. */
const BLOCK = 4_096;

/** Brings the stereo sound of one rate to 48 kHz. */
export interface Resampler {
  /** Takes the next samples and hands out what is ready, in its own memory until the next call. */
  push(sound: Pcm, use: (part: Pcm) => void): void;
  /** Frees its memory. */
  close(): void;
}

/** Compiled once in a process: another instance would run slowly until V8 has optimised it. */
let loading: ReturnType<typeof loadSpeex> | undefined;
const loadSpeex = async () => (await import("@echogarden/speex-resampler-wasm/simd")).default();

/**
 * Creates a resampler: Speex's, in WebAssembly; 48 kHz passes through.
 * @param from the rate of the sound
 */
export const createResampler = async (from: Hertz): Promise<Resampler> => {
  if (from === SAMPLE_RATE) return { push: (sound, use) => use(sound), close: () => {} };
  loading ??= loadSpeex();
  const speex = await loading;
  const capacity = Math.ceil((BLOCK * SAMPLE_RATE) / from) + 16;
  const pointers = [BLOCK * 4, capacity * 4, 4, 4].map((bytes) => speex._malloc(bytes));
  const [input = 0, output = 0, taken = 0, given = 0] = pointers;
  const state = speex._speex_resampler_init(CHANNELS, from, SAMPLE_RATE, QUALITY, taken);
  if (state === 0) throw new Error(`The resampler does not take ${from} Hz`);
  const out = { left: new Float32Array(capacity), right: new Float32Array(capacity) };

  /** @returns how many samples were taken, and how many came of them */
  const channel = (index: 0 | 1, samples: Float32Array, into: Float32Array): readonly [number, number] => {
    speex.HEAPF32.set(samples, input >> 2);
    speex.HEAPU32[taken >> 2] = samples.length;
    speex.HEAPU32[given >> 2] = capacity;
    speex._speex_resampler_process_float(state, index, input, taken, output, given);
    const count = speex.HEAPU32[given >> 2]!;
    into.set(speex.HEAPF32.subarray(output >> 2, (output >> 2) + count));
    return [speex.HEAPU32[taken >> 2]!, count];
  };
  const block = (left: Float32Array, right: Float32Array, use: (part: Pcm) => void): number => {
    channel(0, left, out.left);
    const [used, count] = channel(1, right, out.right);
    use({ left: out.left.subarray(0, count), right: out.right.subarray(0, count) });
    return used;
  };

  return {
    push({ left, right }, use) {
      for (let at = 0; at < left.length; ) {
        const end = at + BLOCK;
        const used = block(left.subarray(at, end), right.subarray(at, end), use);
        if (used === 0) throw new Error("The resampler takes no more");
        at += used;
      }
    },
    close() {
      speex._speex_resampler_destroy(state);
      for (const pointer of pointers) speex._free(pointer);
    },
  };
};
