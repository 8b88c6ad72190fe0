import { Encoder } from "@evan/opus";
import { CHANNELS, FRAME_SAMPLES, type Frame, type Packet, SAMPLE_RATE } from "./format.ts";

interface OpusEncoder {
  /**
   * Encodes 20 ms. The packet holds the sound up to `ENCODER_DELAY` samples before the frame's end.
   * @param keyframe encode without reference to earlier frames, so that a listener may jump here;
   * costs a few bytes
   * @returns a packet of its own memory
   */
  encode(frame: Frame, keyframe?: boolean): Packet;
  /** From the next frame on, in bits a second. */
  setBitrate(bitrate: number): void;
  /** Starts again, as if no frame had come before. */
  reset(): void;
}

/** Samples at 48 kHz that the encoder holds back. */
export const ENCODER_DELAY = 312;
/** libopus: OPUS_SET_PREDICTION_DISABLED. */
const PREDICTION_DISABLED = 4042;

/** Rounded; what is stored as 16 bits loses its fraction towards zero. */
const toPcm16 = (sample: number): number => {
  const level = sample * 32_767;
  if (level >= 0) return level < 32_767 ? level + 0.5 : 32_767;
  return level > -32_767 ? level - 0.5 : -32_767;
};

/**
 * Creates libopus's encoder for 48 kHz stereo: native where the package has a binary for the
 * platform, else WASM.
 * @param options bits a second, and effort from 0 to 10
 */
export const createOpusEncoder = ({
  bitrate = 96_000,
  complexity = 10,
  evenRate = true,
}: {
  readonly bitrate?: number;
  /**
   * Each second keeps to the rate; without it, the rate may be changed midway and no frame pays for
   * those before.
   */
  readonly evenRate?: boolean;
  readonly complexity?: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;
} = {}): OpusEncoder => {
  const encoder = new Encoder({ channels: CHANNELS, sample_rate: SAMPLE_RATE, application: "audio" });
  encoder.bitrate = bitrate;
  encoder.complexity = complexity;
  encoder.vbr_constraint = evenRate;
  // Noise is taken for speech now and then, and a change of mode is heard.
  encoder.signal = "music";
  const samples = new Int16Array(FRAME_SAMPLES * CHANNELS);
  let predicting = true;
  return {
    encode({ left, right }, keyframe = false) {
      if (keyframe === predicting) {
        predicting = !keyframe;
        encoder.ctl(PREDICTION_DISABLED, keyframe ? 1 : 0);
      }
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        samples[2 * i] = toPcm16(left[i]!);
        samples[2 * i + 1] = toPcm16(right[i]!);
      }
      return new Uint8Array(encoder.encode(samples));
    },
    setBitrate(next) {
      encoder.bitrate = next;
    },
    reset: () => encoder.reset(),
  };
};
