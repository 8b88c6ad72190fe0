import { FRAME_SAMPLES, type Frame } from "../../audio/format.ts";
import { frameAt } from "../../audio/frameAt.ts";
import { LIMITER_DELAY } from "../../audio/limiter.ts";
import { createOpusDecoder } from "../../audio/opusDecoder.ts";
import { ENCODER_DELAY } from "../../audio/opusEncoder.ts";
import type { StoredSound } from "../../audio/storedSound.ts";
import type { Frames } from "../../kernel/units.ts";
import type { SampleCache } from "./sampleCache.ts";

/**
 * Samples by which limiter and encoder delay the sound: reading ahead by as much aligns re-encoded
 * frames with stored ones.
 */
const READ_AHEAD = ENCODER_DELAY + LIMITER_DELAY;
/**
 * Frames after which a decoder that starts in the middle has settled (80 ms, RFC 7845, section 4.2,
 * allows for all of Opus).
 */
export const PRE_ROLL: Frames = 8;

/**
 * Frames read of one sound after which its samples are worth keeping for other streams that mix it.
 */
const CACHE_AFTER_FRAMES: Frames = 100;

/** Decodes a stored sound in a loop, ahead of its packets by the delay of limiter and encoder. */
export interface SoundReader {
  /** Reads this sound from here on; nothing of the previous one is left. */
  open(sound: StoredSound): void;
  /**
   * Fills the frame that belongs to the packet at `position`; reading on from where it was is
   * cheap, and elsewhere it settles its decoder first. Allocates nothing but what the codec does.
   * @returns false when a packet cannot be decoded: the frame lets what was there fade out
   */
  read(position: Frames, frame: Frame): boolean;
  close(): void;
}

/** The decoders of a thread: each is with one layer at a time. */
export interface SoundReaderPool {
  acquire(sound: StoredSound): SoundReader;
  release(reader: SoundReader): void;
}

/** @param samples frames that other streams have decoded already */
export const createSoundReader = (samples: SampleCache): SoundReader => {
  const decoder = createOpusDecoder();
  /** The frame at the position and the one after it. */
  const pcm = { left: new Float32Array(2 * FRAME_SAMPLES), right: new Float32Array(2 * FRAME_SAMPLES) };
  const ahead = {
    left: pcm.left.subarray(READ_AHEAD, READ_AHEAD + FRAME_SAMPLES),
    right: pcm.right.subarray(READ_AHEAD, READ_AHEAD + FRAME_SAMPLES),
  };
  let sound: StoredSound | undefined;
  /** The position after the last one that was read, and after the last one that was decoded. */
  let next: Frames | undefined;
  let decoded: Frames | undefined;
  /** Frames read since it was opened. */
  let reads: Frames = 0;

  const decode = (from: StoredSound, position: Frames): boolean => {
    try {
      decoder.decode(from.packets[position]!, pcm, FRAME_SAMPLES);
      decoded = frameAt(from, position + 1);
      return true;
    } catch {
      decoded = undefined;
      pcm.left.fill(0, FRAME_SAMPLES);
      pcm.right.fill(0, FRAME_SAMPLES);
      return false;
    }
  };

  /** The frame at the position into the second half. */
  const fetch = (from: StoredSound, position: Frames): boolean => {
    if (samples.load(from, position, pcm, FRAME_SAMPLES)) return true;
    const { length } = from;
    if (decoded !== position) {
      decoder.reset();
      for (let before = PRE_ROLL; before > 0; before--) decode(from, (position - before + length * PRE_ROLL) % length);
    }
    if (!decode(from, position)) return false;
    if (reads >= CACHE_AFTER_FRAMES) samples.store(from, position, pcm, FRAME_SAMPLES);
    return true;
  };

  /** Fades to silence within what is known of the frame. */
  const fadeOut = () => {
    const known = FRAME_SAMPLES - READ_AHEAD;
    for (let i = 0; i < known; i++) {
      const gain = 1 - (i + 1) / known;
      pcm.left[READ_AHEAD + i]! *= gain;
      pcm.right[READ_AHEAD + i]! *= gain;
    }
  };

  const close = () => {
    if (sound !== undefined) samples.close(sound);
    sound = undefined;
    next = decoded = undefined;
    reads = 0;
  };

  return {
    close,
    open(other) {
      close();
      sound = other;
      samples.open(other);
    },
    read(position, { left, right }) {
      if (sound === undefined) throw new Error("A reader is opened before it reads");
      reads += 1;
      const whole = next === position || fetch(sound, position);
      pcm.left.copyWithin(0, FRAME_SAMPLES);
      pcm.right.copyWithin(0, FRAME_SAMPLES);
      next = frameAt(sound, position + 1);
      if (!fetch(sound, next) || !whole) {
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
