import { FRAME_SAMPLES, type Pcm } from "../audio/format.ts";
import type { StoredSound } from "../audio/stored.ts";
import type { Frames } from "../kernel/units.ts";

/** Two built-in sounds of ten minutes, or seven of three: 11.5 MB a minute. */
const MOST_BYTES = 256 * 2 ** 20;
const FRAME_BYTES = 2 * FRAME_SAMPLES * Int16Array.BYTES_PER_ELEMENT;
/** Frames in one stretch of memory. */
const STRETCH: Frames = 50;

/** What nobody mixes is kept up to here, for the next one who does. */
const SPARE_BYTES = 64 * 2 ** 20;

/** Decoded sounds that several streams mix at once, so that each of their packets is decoded once; 16 bits a sample. */
export interface Samples {
  /** One reader more. */
  open(sound: StoredSound): void;
  close(sound: StoredSound): void;
  /** Puts the frame at this position into `into`, from sample `at` on. @returns false where it is not known */
  load(sound: StoredSound, position: Frames, into: Pcm, at: number): boolean;
  /** Remembers a decoded frame, if the sound is kept. */
  keep(sound: StoredSound, position: Frames, from: Pcm, at: number): void;
  /** Bytes of samples in memory. */
  bytes(): number;
}

interface Kept {
  readonly stretches: (Int16Array | undefined)[];
  readonly known: Uint8Array;
  readonly reserved: number;
}

export const createSamples = (mostBytes = MOST_BYTES): Samples => {
  const readers = new Map<StoredSound, number>();
  /** The one that was closed last comes last. */
  const kept = new Map<StoredSound, Kept>();
  let reserved = 0;
  let bytes = 0;

  const drop = (sound: StoredSound) => {
    const its = kept.get(sound);
    if (its === undefined) return;
    kept.delete(sound);
    reserved -= its.reserved;
    for (const stretch of its.stretches) bytes -= stretch?.byteLength ?? 0;
  };

  /** Drops what nobody mixes until this holds. */
  const makeRoom = (holds: () => boolean) => {
    for (const sound of kept.keys()) {
      if (holds()) return;
      if (!readers.has(sound)) drop(sound);
    }
  };

  const admit = (sound: StoredSound) => {
    const size = sound.length * FRAME_BYTES;
    if (size > mostBytes) return;
    makeRoom(() => reserved + size <= mostBytes);
    if (reserved + size > mostBytes) return;
    reserved += size;
    kept.set(sound, { stretches: [], known: new Uint8Array(sound.length), reserved: size });
  };

  return {
    open(sound) {
      const count = (readers.get(sound) ?? 0) + 1;
      readers.set(sound, count);
      if (count > 1 && !kept.has(sound)) admit(sound);
    },
    close(sound) {
      const count = (readers.get(sound) ?? 0) - 1;
      if (count > 0) return void readers.set(sound, count);
      readers.delete(sound);
      const its = kept.get(sound);
      if (its === undefined) return;
      kept.delete(sound);
      kept.set(sound, its);
      makeRoom(() => bytes <= SPARE_BYTES);
    },
    load(sound, position, { left, right }, at) {
      const its = kept.get(sound);
      if (its === undefined || its.known[position] !== 1) return false;
      const stretch = its.stretches[Math.floor(position / STRETCH)]!;
      const from = (position % STRETCH) * 2 * FRAME_SAMPLES;
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        left[at + i] = stretch[from + 2 * i]! / 32_768;
        right[at + i] = stretch[from + 2 * i + 1]! / 32_768;
      }
      return true;
    },
    keep(sound, position, { left, right }, at) {
      const its = kept.get(sound);
      // For one alone it would be memory without a use: each frame is decoded once either way.
      if (its === undefined || its.known[position] === 1 || readers.get(sound) === 1) return;
      const index = Math.floor(position / STRETCH);
      let stretch = its.stretches[index];
      if (stretch === undefined) {
        stretch = new Int16Array(2 * FRAME_SAMPLES * Math.min(STRETCH, sound.length - index * STRETCH));
        its.stretches[index] = stretch;
        bytes += stretch.byteLength;
      }
      const from = (position % STRETCH) * 2 * FRAME_SAMPLES;
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        stretch[from + 2 * i] = left[at + i]! * 32_768;
        stretch[from + 2 * i + 1] = right[at + i]! * 32_768;
      }
      its.known[position] = 1;
    },
    bytes: () => bytes,
  };
};
