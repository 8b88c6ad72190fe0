import { FRAME_SAMPLES, type Pcm } from "../../audio/format.ts";
import type { StoredSound } from "../../audio/storedSound.ts";
import type { Frames } from "../../kernel/units.ts";

/** Two built-in sounds of ten minutes, or seven of three: 11.5 MB a minute. */
const MAX_BYTES = 256 * 2 ** 20;
const FRAME_BYTES = 2 * FRAME_SAMPLES * Int16Array.BYTES_PER_ELEMENT;
/** Frames in one stretch of memory. */
const CHUNK_FRAMES: Frames = 50;

/** Samples of sounds that no stream mixes now are kept up to this limit. */
const MAX_IDLE_BYTES = 64 * 2 ** 20;

/**
 * Decoded sounds that several streams mix at once, so that each packet is decoded once; 16 bits per
 * sample.
 */
export interface SampleCache {
  /** Counts one more reader of the sound. */
  open(sound: StoredSound): void;
  close(sound: StoredSound): void;
  /**
   * Copies the frame at this position into `into`, from sample `at` on.
   * @returns false where it is not cached
   */
  load(sound: StoredSound, position: Frames, into: Pcm, at: number): boolean;
  /** Stores a decoded frame, if its sound is cached. */
  store(sound: StoredSound, position: Frames, from: Pcm, at: number): void;
  /** Bytes of samples in memory. */
  bytes(): number;
}

interface CachedSamples {
  readonly chunks: (Int16Array | undefined)[];
  readonly decoded: Uint8Array;
  readonly reserved: number;
}

/** @param mostBytes reserved for all sounds together; a sound that does not fit is not cached */
export const createSampleCache = (mostBytes = MAX_BYTES): SampleCache => {
  const readerCounts = new Map<StoredSound, number>();
  /** The sound closed last comes last. */
  const cached = new Map<StoredSound, CachedSamples>();
  let reserved = 0;
  let bytes = 0;

  const evict = (sound: StoredSound) => {
    const entry = cached.get(sound);
    if (entry === undefined) return;
    cached.delete(sound);
    reserved -= entry.reserved;
    for (const chunk of entry.chunks) bytes -= chunk?.byteLength ?? 0;
  };

  /** Drops sounds that no stream mixes until this holds. */
  const evictUntil = (holds: () => boolean) => {
    for (const sound of cached.keys()) {
      if (holds()) return;
      if (!readerCounts.has(sound)) evict(sound);
    }
  };

  const admit = (sound: StoredSound) => {
    const size = sound.length * FRAME_BYTES;
    if (size > mostBytes) return;
    evictUntil(() => reserved + size <= mostBytes);
    if (reserved + size > mostBytes) return;
    reserved += size;
    cached.set(sound, { chunks: [], decoded: new Uint8Array(sound.length), reserved: size });
  };

  return {
    open(sound) {
      const count = (readerCounts.get(sound) ?? 0) + 1;
      readerCounts.set(sound, count);
      if (count > 1 && !cached.has(sound)) admit(sound);
    },
    close(sound) {
      const count = (readerCounts.get(sound) ?? 0) - 1;
      if (count > 0) return void readerCounts.set(sound, count);
      readerCounts.delete(sound);
      const entry = cached.get(sound);
      if (entry === undefined) return;
      cached.delete(sound);
      cached.set(sound, entry);
      evictUntil(() => bytes <= MAX_IDLE_BYTES);
    },
    load(sound, position, { left, right }, at) {
      const entry = cached.get(sound);
      if (entry === undefined || entry.decoded[position] !== 1) return false;
      const chunk = entry.chunks[Math.floor(position / CHUNK_FRAMES)]!;
      const from = (position % CHUNK_FRAMES) * 2 * FRAME_SAMPLES;
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        left[at + i] = chunk[from + 2 * i]! / 32_768;
        right[at + i] = chunk[from + 2 * i + 1]! / 32_768;
      }
      return true;
    },
    store(sound, position, { left, right }, at) {
      const entry = cached.get(sound);
      // For a single reader it would be of no use: each frame is decoded once either way.
      if (entry === undefined || entry.decoded[position] === 1 || readerCounts.get(sound) === 1) return;
      const index = Math.floor(position / CHUNK_FRAMES);
      let chunk = entry.chunks[index];
      if (chunk === undefined) {
        chunk = new Int16Array(2 * FRAME_SAMPLES * Math.min(CHUNK_FRAMES, sound.length - index * CHUNK_FRAMES));
        entry.chunks[index] = chunk;
        bytes += chunk.byteLength;
      }
      const from = (position % CHUNK_FRAMES) * 2 * FRAME_SAMPLES;
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        chunk[from + 2 * i] = left[at + i]! * 32_768;
        chunk[from + 2 * i + 1] = right[at + i]! * 32_768;
      }
      entry.decoded[position] = 1;
    },
    bytes: () => bytes,
  };
};
