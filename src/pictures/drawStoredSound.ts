import { FRAME_SAMPLES } from "../audio/format.ts";
import { createOpusDecoder } from "../audio/opusDecoder.ts";
import { readStoredSound } from "../audio/storedSound.ts";
import { spectrogram, WINDOW } from "./spectrogram.ts";

/** A decoder is itself after so many packets, wherever it begins. */
const RUN_IN = 4;
const FRAMES = Math.ceil(WINDOW / FRAME_SAMPLES);

/**
 * A picture of a stored sound, as long as it may be: only what a column shows is decoded.
 * @returns a PNG
 */
export const drawStoredSound = (path: string): Promise<Uint8Array> => {
  const { packets } = readStoredSound(path);
  const decoder = createOpusDecoder();
  const length = (RUN_IN + FRAMES) * FRAME_SAMPLES;
  const pcm = { left: new Float32Array(length), right: new Float32Array(length) };
  return spectrogram((place) => {
    const first = Math.floor(place * packets.length);
    decoder.reset();
    for (let i = 0; i < RUN_IN + FRAMES; i++)
      decoder.decode(packets[(first + i) % packets.length]!, pcm, i * FRAME_SAMPLES);
    const from = RUN_IN * FRAME_SAMPLES;
    return pcm.left.slice(from, from + WINDOW).map((sample, i) => sample + pcm.right[from + i]!);
  });
};
