import { readFileSync, statSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type MemberText, rawText } from "../kernel/memberText.ts";
import type { Decibels, Frames } from "../kernel/units.ts";
import { FRAME_SAMPLES, type Frame, type Packet } from "./format.ts";
import { lastGranule, MAX_PAGE_BYTES } from "./ogg.ts";
import { type OggOpus, type OpusTags, readOggOpus, readOggOpusHeaders, writeOggOpus } from "./oggOpus.ts";
import { UnreadableSound } from "./unreadableSound.ts";

/** Reads live sound for one layer. */
export interface LiveReader {
  /** Fills the frame that comes next: silence until enough is there. */
  read(frame: Frame): void;
  close(): void;
}

/** Sound that is heard as it arrives. */
export interface LiveSource {
  /** Opens it for one layer. */
  open(): LiveReader;
}

/** A sound as it is stored, ready to be sent. */
export interface StoredSound {
  /** One Opus packet of 20 ms each; what only primes the decoder is left out. */
  readonly packets: readonly Packet[];
  readonly length: Frames;
  /**
   * Frames that were encoded without prediction, ascending: jumping onto one is exact from the
   * second frame on. Empty for files that others encoded.
   */
  readonly keyframes: readonly Frames[];
  readonly title: MemberText | undefined;
  readonly licence: string | undefined;
  /**
   * Set where it has an end and is heard once: from this frame on there is a quiet bed, which goes
   * on over and over. A keyframe, which follows from the last frame as from the one before it.
   */
  readonly bedFrom?: Frames;
  /** Integrated loudness of the packets in LUFS (BS.1770-4), where the file's tags have it. */
  readonly loudness: Decibels | undefined;
  /** Set where it is heard as it arrives: its packets are none then, and each layer opens it. */
  readonly live?: LiveSource;
}

/** Three hours at 256 kbit/s; bounds the memory that a file can take. */
const MAX_FILE_BYTES = 350 * 2 ** 20;
/** `R128_TRACK_GAIN` is relative to −23 LUFS, in 1/256 dB (RFC 7845, section 5.2.1). */
const R128_REFERENCE: Decibels = -23;
/** Lull's own tag: the interval of keyframes in frames, counted from the first. */
const KEYFRAMES_TAG = "LULL_KEYFRAME_INTERVAL";
/** Lull's own tag: where a sound that is heard once has ended, and its quiet bed begins, in frames. */
const BED_TAG = "LULL_BED_FROM";
const PACKETS_PER_TURN = 2_000;

const tooLarge = () => new UnreadableSound("file-too-large", "The file is larger than 350 MB.");

/** How long a stored sound is. */
export interface StoredLength {
  /** One pass; of a sound that is heard once, what is heard before its quiet bed. */
  readonly length: Frames;
  /** It is heard once. */
  readonly ends?: true;
}

/** Where the tags say that a bed begins, within so many frames. */
const bedOf = (tags: OpusTags, length: Frames): Frames | undefined => {
  const from = Number(tags.get(BED_TAG));
  return Number.isInteger(from) && from > 0 && from < length ? from : undefined;
};

const lengthOf = (length: Frames, bedFrom: Frames | undefined): StoredLength =>
  bedFrom === undefined ? { length } : { length: bedFrom, ends: true };

const lengthOfSound = ({ length, bedFrom }: StoredSound) => lengthOf(length, bedFrom);

const toStoredSound = ({ head, tags, packets }: OggOpus): StoredSound => {
  const playable = packets.slice(Math.min(Math.floor(head.preSkip / FRAME_SAMPLES), packets.length - 1));
  const interval = Number(tags.get(KEYFRAMES_TAG));
  const gain = Number.parseInt(tags.get("R128_TRACK_GAIN") ?? "", 10);
  const bedFrom = bedOf(tags, playable.length);
  return {
    packets: playable,
    length: playable.length,
    ...(bedFrom !== undefined && { bedFrom }),
    keyframes:
      Number.isInteger(interval) && interval > 0 && playable.length === packets.length
        ? Array.from({ length: Math.ceil(playable.length / interval) }, (_, index) => index * interval)
        : [],
    title: tags.get("TITLE"),
    licence: tags.get("LICENSE"),
    loudness: Number.isNaN(gain) ? undefined : R128_REFERENCE - gain / 256 - head.outputGainDb,
  };
};

/**
 * @param bytes a whole Ogg Opus file; the packets share its memory
 * @throws UnreadableSound that says what is wrong with the file and what to do
 */
export const parseStoredSound = (bytes: Uint8Array): StoredSound => {
  const reading = readOggOpus(bytes);
  for (;;) {
    const step = reading.next();
    if (step.done) return toStoredSound(step.value);
  }
};

/**
 * Reads a file at once; ten minutes of sound take tens of milliseconds (see `loadStoredSound`).
 * @throws UnreadableSound that says what is wrong with the file and what to do; the file system's error
 * when it cannot be read
 */
export const readStoredSound = (path: string): StoredSound => {
  if (statSync(path).size > MAX_FILE_BYTES) throw tooLarge();
  return parseStoredSound(readFileSync(path));
};

/**
 * Reads a file in slices of a millisecond or two, for a thread that has packets to send meanwhile.
 * @throws UnreadableSound as `readStoredSound` does
 */
export const loadStoredSound = async (path: string): Promise<StoredSound> => {
  if (statSync(path).size > MAX_FILE_BYTES) throw tooLarge();
  const reading = readOggOpus(await readFile(path));
  for (let count = 1; ; count++) {
    const step = reading.next();
    if (step.done) return toStoredSound(step.value);
    if (count % PACKETS_PER_TURN === 0) await nextTurn();
  }
};

/**
 * Reads how long a sound is, from the headers and the last page where Lull wrote the file, so that
 * nothing of a long one is parsed. A file that does not end with a whole last page, and one that
 * others encoded, is read as `loadStoredSound` does.
 * @throws UnreadableSound that says what is wrong with the file and what to do; the file system's error when it can't be read
 */
export const readStoredLength = async (path: string): Promise<StoredLength> =>
  (await lengthByLastPage(path)) ?? lengthOfSound(await loadStoredSound(path));

const lengthByLastPage = async (path: string): Promise<StoredLength | undefined> => {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const read = async (from: number) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_PAGE_BYTES), 0, MAX_PAGE_BYTES, from);
      return buffer.subarray(0, bytesRead);
    };
    const { head, tags } = readOggOpusHeaders(await read(0));
    // Lull's files begin at 0 and cut nothing off at their end, which others' may.
    if (!tags.has(KEYFRAMES_TAG)) return undefined;
    const granule = lastGranule(await read(Math.max(0, size - MAX_PAGE_BYTES)));
    const packets = granule === undefined ? 0 : granule / FRAME_SAMPLES;
    if (!Number.isInteger(packets) || packets === 0) return undefined;
    const length = packets - Math.min(Math.floor(head.preSkip / FRAME_SAMPLES), packets - 1);
    return lengthOf(length, bedOf(tags, length));
  } catch (error) {
    if (error instanceof UnreadableSound) return undefined;
    throw error;
  } finally {
    await file.close();
  }
};

/** Writes the pages of a file that `readStoredSound` reads back. */
export const writeStoredSound = (
  sound: {
    readonly packets: readonly Packet[];
    readonly keyframeInterval: Frames;
    readonly title: MemberText;
    readonly licence: MemberText;
    readonly loudness: Decibels;
    readonly bedFrom?: Frames | undefined;
  },
  serial: number,
): Iterable<Uint8Array> => {
  const tags: OpusTags = new Map([
    ["TITLE", rawText(sound.title)],
    ["LICENSE", rawText(sound.licence)],
    ["R128_TRACK_GAIN", String(Math.round((R128_REFERENCE - sound.loudness) * 256))],
    [KEYFRAMES_TAG, String(sound.keyframeInterval)],
    ...(sound.bedFrom === undefined ? [] : ([[BED_TAG, String(sound.bedFrom)]] as const)),
  ]);
  return writeOggOpus(sound.packets, tags, serial);
};
