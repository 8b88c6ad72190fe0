import { createOpusDecoder } from "../audio/decode.ts";
import { ENCODER_DELAY } from "../audio/encode.ts";
import { FRAME_SAMPLES, type Frame, type Pcm } from "../audio/format.ts";
import { LIMITER_DELAY } from "../audio/limiter.ts";
import type { StoredSound } from "../audio/stored.ts";
import type { Frames } from "../kernel/units.ts";

/** What limiter and encoder will delay the sound by; it is read ahead by as much, so that re-encoded frames line up with stored ones. */
const AHEAD = ENCODER_DELAY + LIMITER_DELAY;
/** Frames after which a decoder that starts in the middle has settled (80 ms, RFC 7845, section 4.2, allows for all of Opus). */
export const PRE_ROLL: Frames = 8;

/** A stored sound as samples, over and over, ahead of its packets by what the way to them delays. */
export interface Reader {
  /**
   * Fills the frame that belongs to the packet at `position`.
   * Reading on from where it was is cheap; elsewhere it settles its decoder first.
   * @throws the codec's error when a packet cannot be decoded
   */
  read(position: Frames, frame: Frame): void;
}

export const createReader = ({ packets }: StoredSound): Reader => {
  const decoder = createOpusDecoder();
  /** Decoded, the older frame first: one frame and the one after it. */
  const pcm: Pcm = { left: new Float32Array(2 * FRAME_SAMPLES), right: new Float32Array(2 * FRAME_SAMPLES) };
  let next: Frames | undefined;

  const decodeInto = (position: Frames, at: number) => {
    const packet = packets[((position % packets.length) + packets.length) % packets.length];
    if (packet !== undefined) decoder.decode(packet, pcm, at);
  };

  return {
    read(position, { left, right }) {
      if (next === undefined || next !== position) {
        decoder.reset();
        for (let before = PRE_ROLL; before >= 0; before--) decodeInto(position - before, FRAME_SAMPLES);
      }
      pcm.left.copyWithin(0, FRAME_SAMPLES);
      pcm.right.copyWithin(0, FRAME_SAMPLES);
      decodeInto(position + 1, FRAME_SAMPLES);
      next = (position + 1) % packets.length;
      left.set(pcm.left.subarray(AHEAD, AHEAD + FRAME_SAMPLES));
      right.set(pcm.right.subarray(AHEAD, AHEAD + FRAME_SAMPLES));
    },
  };
};
