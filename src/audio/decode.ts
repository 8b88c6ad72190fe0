import { Decoder } from "@evan/opus";
import { CHANNELS, FRAME_SAMPLES, type Packet, type Pcm, SAMPLE_RATE } from "./format.ts";

export interface OpusDecoder {
  /**
   * Decodes 20 ms into `into`, from sample `at` of each channel on.
   * @throws the codec's error when the packet is not Opus
   */
  decode(packet: Packet, into: Pcm, at: number): void;
  /** Forgets every packet before. */
  reset(): void;
}

/** libopus for 48 kHz stereo. */
export const createOpusDecoder = (): OpusDecoder => {
  const decoder = new Decoder({ channels: CHANNELS, sample_rate: SAMPLE_RATE });
  return {
    decode(packet, { left, right }, at) {
      const bytes = decoder.decode(packet);
      const samples = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1);
      const count = Math.min(FRAME_SAMPLES, samples.length / CHANNELS);
      for (let i = 0; i < count; i++) {
        left[at + i] = samples[2 * i]! / 32_768;
        right[at + i] = samples[2 * i + 1]! / 32_768;
      }
    },
    reset: () => decoder.reset(),
  };
};
