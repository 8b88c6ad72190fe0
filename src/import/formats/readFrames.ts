import { createFrame, FRAME_SAMPLES, type Frame, type Pcm } from "../../audio/format.ts";
import type { Frames } from "../../kernel/units.ts";
import type { PcmChunks } from "./pcmChunk.ts";
import { createResampler } from "./resample.ts";

/** Far beyond full scale there is nothing but mistakes. */
const LOUDEST_SAMPLE = 4;
/** A first-order high-pass at 4 Hz takes the constant part away. */
const KEEP = 0.9995;
/** Far below hearing, and above the numbers so small that filters come to a crawl on them in silence. */
const TRACE = 1e-15;

const cleaner = () => {
  let [was, is] = [0, 0];
  return (samples: Float32Array): void => {
    for (let i = 0; i < samples.length; i++) {
      const raw = samples[i]!;
      // Written so that what is no number becomes silence.
      const sample = raw >= -LOUDEST_SAMPLE && raw <= LOUDEST_SAMPLE ? raw : raw > 0 ? 1 : raw < 0 ? -1 : 0;
      is = sample - was + KEEP * is;
      was = sample;
      if (is < TRACE && is > -TRACE) is = 0;
      samples[i] = is + (i % 2 === 0 ? TRACE : -TRACE);
    }
  };
};

/**
 * Reads pieces to their end as frames of 48 kHz, without their constant part and without numbers that are none.
 * @param onFrame called with the same frame each time; throws to stop
 * @returns how many there were
 */
export const readFrames = async (
  pieces: PcmChunks,
  onFrame: (frame: Frame, index: Frames) => void,
): Promise<Frames> => {
  const frame = createFrame();
  const [cleanLeft, cleanRight] = [cleaner(), cleaner()];
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
  let resample: Awaited<ReturnType<typeof createResampler>> | undefined;
  for await (const piece of pieces) {
    resample ??= await createResampler(piece.rate);
    resample(piece, take);
  }
  if (filled > 0) {
    frame.left.fill(0, filled);
    frame.right.fill(0, filled);
    emit();
  }
  return index;
};
