import { Decoder } from "@evan/opus";
import { CHANNELS, FRAME_SAMPLES, type Packet, type Pcm, SAMPLE_RATE } from "./format.ts";

/** Decodes one stream of Opus packets. */
export interface OpusDecoder {
  /**
   * Decodes 20 ms into `into`, from sample `at` of each channel on. The codec's own array is all
   * that it allocates.
   * @throws Error when the packet is damaged or of another length; nothing is written then
   */
  decode(packet: Packet, into: Pcm, at: number): void;
  /** Starts again, as if no packet had come before. */
  reset(): void;
}

/**
 * Creates libopus's decoder for 48 kHz stereo: native where the package has a binary for the
 * platform, else WASM.
 */
export const createOpusDecoder = (): OpusDecoder => {
  const decoder = new Decoder({ channels: CHANNELS, sample_rate: SAMPLE_RATE });
  return {
    decode(packet, { left, right }, at) {
      const bytes = decoder.decode(packet);
      const count = bytes.byteLength / (2 * CHANNELS);
      if (count !== FRAME_SAMPLES) throw new Error(`A packet holds ${count} samples instead of ${FRAME_SAMPLES}`);
      // The WASM build hands out any byte of its memory.
      const whole = bytes.byteOffset % 2 === 0 ? bytes : bytes.slice();
      const samples = new Int16Array(whole.buffer, whole.byteOffset, FRAME_SAMPLES * CHANNELS);
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        left[at + i] = samples[2 * i]! / 32_768;
        right[at + i] = samples[2 * i + 1]! / 32_768;
      }
    },
    reset: () => decoder.reset(),
  };
};
