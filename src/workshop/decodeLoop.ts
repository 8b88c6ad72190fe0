import { Decoder } from "@evan/opus";
import { CHANNELS, FRAME_SAMPLES, type Packet, type Pcm, SAMPLE_RATE } from "../audio/format.ts";

/** A listener's decoder needs this many packets before it has forgotten that it began in the middle. */
const RUN_IN = 20;

/** What a listener hears of a loop that has been round before. */
export const decodeLoop = (packets: readonly Packet[]): Pcm => {
  const decoder = new Decoder({ channels: CHANNELS, sample_rate: SAMPLE_RATE });
  const samples = packets.length * FRAME_SAMPLES;
  const pcm = { left: new Float32Array(samples), right: new Float32Array(samples) };
  for (let index = -Math.min(RUN_IN, packets.length); index < packets.length; index++) {
    const bytes = decoder.decode(packets[(index + packets.length) % packets.length]!);
    if (index < 0) continue;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      pcm.left[index * FRAME_SAMPLES + i] = view.getInt16(i * 4, true) / 32_768;
      pcm.right[index * FRAME_SAMPLES + i] = view.getInt16(i * 4 + 2, true) / 32_768;
    }
  }
  return pcm;
};
