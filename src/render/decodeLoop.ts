import { FRAME_SAMPLES, type Packet, type Pcm } from "../audio/format.ts";
import { createOpusDecoder } from "../audio/opusDecoder.ts";

/**
 * A listener's decoder needs this many packets before it has forgotten that it began in the middle.
 */
const RUN_IN = 20;

/** What a listener hears of a loop from its second pass on. */
export const decodeLoop = (packets: readonly Packet[]): Pcm => {
  const decoder = createOpusDecoder();
  const samples = packets.length * FRAME_SAMPLES;
  const pcm = { left: new Float32Array(samples), right: new Float32Array(samples) };
  for (let index = -Math.min(RUN_IN, packets.length); index < packets.length; index++) {
    // The first twenty are overwritten when their turn comes.
    decoder.decode(packets[(index + packets.length) % packets.length]!, pcm, Math.max(0, index) * FRAME_SAMPLES);
  }
  return pcm;
};
