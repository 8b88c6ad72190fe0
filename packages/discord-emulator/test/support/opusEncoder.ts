import { Encoder } from "@evan/opus";
import { FRAME_SAMPLES, SAMPLE_RATE } from "../../src/shared/opus.ts";

/** Encodes stereo frames of 20 ms, as a music bot does: 96 kbit/s, constrained VBR. */
export const createOpusEncoder = () => {
  const encoder = new Encoder({ channels: 2, sample_rate: SAMPLE_RATE, application: "audio" });
  encoder.bitrate = 96_000;
  encoder.vbr_constraint = true;
  encoder.signal = "music";
  const samples = new Int16Array(2 * FRAME_SAMPLES);
  return {
    /** @param left, right samples of full scale ±1, `FRAME_SAMPLES` of each */
    encode({ left, right }: { readonly left: Float32Array; readonly right: Float32Array }): Uint8Array {
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        samples[2 * i] = Math.round(left[i]! * 32_767);
        samples[2 * i + 1] = Math.round(right[i]! * 32_767);
      }
      return new Uint8Array(encoder.encode(samples));
    },
  };
};
