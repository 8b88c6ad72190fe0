import { createFrame, FRAME_SAMPLES, type Frame, type Pcm } from "../../audio/format.ts";
import type { Frames } from "../../kernel/units.ts";
import type { PcmChunks } from "./pcmChunk.ts";
import { createResampler, type Resampler } from "./resample.ts";

/** Samples far beyond full scale are mistakes. */
const LOUDEST_SAMPLE = 4;
/** Pole of a first-order high-pass at 4 Hz, which removes the constant part. */
const KEEP = 0.9995;
/** Far below hearing, and far above denormals, which slow filters down in silence. */
const TRACE = 1e-15;

/** Creates a filter for one channel; it works in place. */
const createCleaner = () => {
  let [was, is] = [0, 0];
  return (samples: Float32Array): void => {
    for (let i = 0; i < samples.length; i++) {
      const raw = samples[i]!;
      // Written so that NaN becomes silence.
      const sample = raw >= -LOUDEST_SAMPLE && raw <= LOUDEST_SAMPLE ? raw : raw > 0 ? 1 : raw < 0 ? -1 : 0;
      is = sample - was + KEEP * is;
      was = sample;
      if (is < TRACE && is > -TRACE) is = 0;
      samples[i] = is + (i % 2 === 0 ? TRACE : -TRACE);
    }
  };
};

/**
 * Reads chunks to their end as frames of 48 kHz, without their constant part and without NaN or
 * infinity. Where the rate changes, another resampler follows.
 * @param onFrame called with the same frame each time; throws to stop
 * @returns the number of frames
 */
export const readFrames = async (
  chunks: PcmChunks,
  onFrame: (frame: Frame, index: Frames) => void,
): Promise<Frames> => {
  const frame = createFrame();
  const [cleanLeft, cleanRight] = [createCleaner(), createCleaner()];
  let [filled, index] = [0, 0];
  const emit = () => {
    cleanLeft(frame.left);
    cleanRight(frame.right);
    onFrame(frame, index);
    index += 1;
    filled = 0;
  };
  const take = ({ left, right }: Pcm) => {
    for (let at = 0; at < left.length; ) {
      const count = Math.min(left.length - at, FRAME_SAMPLES - filled);
      frame.left.set(left.subarray(at, at + count), filled);
      frame.right.set(right.subarray(at, at + count), filled);
      at += count;
      filled += count;
      if (filled === FRAME_SAMPLES) emit();
    }
  };
  let current: { readonly rate: number; readonly resampler: Resampler } | undefined;
  try {
    for await (const chunk of chunks) {
      if (current?.rate !== chunk.rate) {
        current?.resampler.close();
        current = undefined;
        current = { rate: chunk.rate, resampler: await createResampler(chunk.rate) };
      }
      current.resampler.push(chunk, take);
    }
  } finally {
    current?.resampler.close();
  }
  if (filled > 0) {
    frame.left.fill(0, filled);
    frame.right.fill(0, filled);
    emit();
  }
  return index;
};
