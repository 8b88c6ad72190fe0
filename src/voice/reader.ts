import { createOpusDecoder } from "../audio/decode.ts";
import { ENCODER_DELAY } from "../audio/encode.ts";
import { FRAME_SAMPLES, type Frame } from "../audio/format.ts";
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
   * Fills the frame that belongs to the packet at `position`; reading on from where it was is cheap, and elsewhere it
   * settles its decoder first. Allocates nothing but what the codec does.
   * @returns false when a packet cannot be decoded: the frame lets what was there fade out
   */
  read(position: Frames, frame: Frame): boolean;
}

export const createReader = ({ packets }: StoredSound): Reader => {
  const decoder = createOpusDecoder();
  /** The frame at the position and the one after it. */
  const pcm = { left: new Float32Array(2 * FRAME_SAMPLES), right: new Float32Array(2 * FRAME_SAMPLES) };
  const ahead = {
    left: pcm.left.subarray(AHEAD, AHEAD + FRAME_SAMPLES),
    right: pcm.right.subarray(AHEAD, AHEAD + FRAME_SAMPLES),
  };
  let next: Frames | undefined;

  const decode = (position: Frames): boolean => {
    try {
      decoder.decode(packets[(position + packets.length * PRE_ROLL) % packets.length]!, pcm, FRAME_SAMPLES);
      return true;
    } catch {
      pcm.left.fill(0, FRAME_SAMPLES);
      pcm.right.fill(0, FRAME_SAMPLES);
      return false;
    }
  };

  /** From what is known of the sound to silence within the frame. */
  const fadeOut = () => {
    const known = FRAME_SAMPLES - AHEAD;
    for (let i = 0; i < known; i++) {
      const gain = 1 - (i + 1) / known;
      pcm.left[AHEAD + i]! *= gain;
      pcm.right[AHEAD + i]! *= gain;
    }
  };

  return {
    read(position, { left, right }) {
      let whole = true;
      if (next !== position) {
        decoder.reset();
        for (let before = PRE_ROLL; before >= 0; before--) whole = decode(position - before);
      }
      pcm.left.copyWithin(0, FRAME_SAMPLES);
      pcm.right.copyWithin(0, FRAME_SAMPLES);
      next = (position + 1) % packets.length;
      if (!decode(position + 1) || !whole) {
        fadeOut();
        pcm.left.fill(0, FRAME_SAMPLES);
        pcm.right.fill(0, FRAME_SAMPLES);
        next = undefined;
      }
      left.set(ahead.left);
      right.set(ahead.right);
      return next !== undefined;
    },
  };
};
