import { createRequire } from "node:module";
import type { AudioDecoder } from "@humansignal/audio-file-decoder";
import { message } from "../../i18n/message.ts";
import { UserError } from "../../kernel/errors.ts";
import { damagedFile, unfitFile } from "../refusals.ts";
import { readAdtsHeader } from "./mpeg.ts";
import { checkFormat, type PcmChunk, type PcmChunks } from "./pcmChunk.ts";
import { type SyncedFrame, syncFrames } from "./syncFrames.ts";

/** ISO 14496-3, table 1.18. */
const RATES = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];
const LOW_COMPLEXITY = 2;
/**
 * Spectral band replication (HE-AAC), and that with parametric stereo (v2), around a core of low
 * complexity.
 */
const AROUND = new Set([5, 29]);

const EVENTS = ["uncaughtException", "unhandledRejection"] as "uncaughtException"[];

/** What an AAC frame's header says. */
interface AacFormat {
  readonly rateIndex: number;
  readonly channels: number;
}

/** Rate of the core in Hz; 0 for an index that has none. */
const rateOf = (index: number): number => RATES[index] ?? 0;

/** Reads an AudioSpecificConfig (ISO 14496-3, 1.6.2.1). @throws UserError for rare kinds of AAC */
export const aacFormat = (config: Uint8Array): AacFormat => {
  const [first, second] = config;
  if (first === undefined || second === undefined) throw damagedFile(message("import.reasonFormatCutOff"));
  const type = first >> 3;
  const rateIndex = ((first & 7) << 1) | (second >> 7);
  const channels = (second >> 3) & 15;
  if (type !== LOW_COMPLEXITY && !AROUND.has(type)) throw unfitFile(message("import.reasonAacUnsupported"));
  checkFormat(rateOf(rateIndex), channels);
  return { rateIndex, channels };
};

/** The frame with a header of its own (ISO 14496-3, 1.A.2). */
export const asAdts = (frame: Uint8Array, { rateIndex, channels }: AacFormat): Uint8Array => {
  const length = frame.length + 7;
  if (length > 8_191) throw damagedFile(message("import.reasonFrameTooLong"));
  const bytes = new Uint8Array(length);
  bytes.set([
    0xff,
    0xf1,
    ((LOW_COMPLEXITY - 1) << 6) | (rateIndex << 2) | (channels >> 2),
    ((channels & 3) << 6) | (length >> 11),
    (length >> 3) & 0xff,
    ((length & 7) << 5) | 0x1f,
    0xfc,
  ]);
  bytes.set(frame, 7);
  return bytes;
};

/**
 * libavcodec's AAC decoder in WebAssembly. While it loads, the package looks for what a browser or
 * CommonJS has, adds listeners that end the process, and would rather fetch: it gets what it looks
 * for, its listeners are removed, and there is nothing to fetch with.
 */
const loadModule = async (adts: ArrayBuffer): Promise<AudioDecoder> => {
  const require = createRequire(import.meta.url);
  const wasm = require.resolve("@humansignal/audio-file-decoder/decode-audio.wasm");
  const { getAudioDecoder } = await import("@humansignal/audio-file-decoder");
  const { fetch } = globalThis;
  const before = new Set(EVENTS.flatMap((event) => process.listeners(event)));
  Object.assign(globalThis, { require, __dirname: "", fetch: undefined });
  try {
    return await getAudioDecoder(wasm, adts);
  } finally {
    Object.assign(globalThis, { require: undefined, __dirname: undefined, fetch });
    for (const event of EVENTS)
      for (const added of process.listeners(event)) if (!before.has(added)) process.off(event, added);
  }
};

/** Decoders of frames with headers, one after the other. */
interface Decoders {
  /** @throws what the package throws: a string where the frames are to blame */
  decode<T>(adts: Uint8Array, use: (decoder: AudioDecoder) => T): Promise<T>;
}

/**
 * Keeps the module, which takes longer to compile than most batches to decode, for as long as nothing worse happens to it
 * than frames that cannot be decoded.
 */
const createDecoders = (): Decoders => {
  let create: ((adts: ArrayBuffer) => AudioDecoder) | undefined;
  const open = async (adts: ArrayBuffer): Promise<AudioDecoder> => {
    if (create !== undefined) return create(adts);
    const first = await loadModule(adts);
    const [{ AudioDecoder }, module] = [await import("@humansignal/audio-file-decoder"), Reflect.get(first, "_module")];
    create = (others) => new AudioDecoder(module, others);
    return first;
  };
  return {
    async decode(adts, use) {
      try {
        // A copy: the memory of a small Buffer holds others too.
        const decoder = await open(new Uint8Array(adts).buffer);
        try {
          return use(decoder);
        } finally {
          decoder.dispose();
        }
      } catch (error) {
        // A trap or an abort leaves its memory in any state.
        if (typeof error !== "string") create = undefined;
        throw error;
      }
    },
  };
};

/** Frames that are decoded at once: half a minute at 48 kHz. */
const BATCH = 1_400;
/** A frame needs the one before it; spectral band replication a few more. */
const PRE_ROLL = 6;
/** Nobody joins more files than these, and no recording has more places that cannot be decoded. */
const [MAX_CHANGES, MAX_SPLITS] = [100, 200];
/** Frames that cannot be decoded, and are stepped over. */
const FORGIVEN = 10;

/** What was decoded of some frames at once. */
interface Batch {
  readonly chunk: PcmChunk;
  /** Whether all frames gave the same number of samples: their rate is the one that was found. */
  readonly uniform: boolean;
}

/**
 * Decodes frames with one decoder. What the headers say is not believed: spectral band replication
 * doubles the rate, and parametric stereo makes two channels of one. The decoder has looked into
 * the first frames.
 * @param preRoll how many of the frames have been heard
 */
const decodeBatch = (decoders: Decoders, frames: readonly Uint8Array[], preRoll: number): Promise<Batch> =>
  decoders.decode(Buffer.concat(frames), (decoder) => {
    const { channelCount: channels, sampleRate: rate } = decoder;
    checkFormat(rate, channels);
    const samples = decoder.decodeAudioData(0, -1, { multiChannel: true });
    const total = samples.length / channels;
    // The decoder gives nothing for its first frame: the fresh ones are counted from the end.
    const given = Math.max(1, frames.length - 1);
    const perFrame = Math.round(total / given / 1_024) * 1_024;
    const from = preRoll === 0 ? 0 : Math.max(0, total - (frames.length - preRoll) * perFrame);
    const side = (channel: number) => {
      const own = new Float32Array(total - from);
      for (let i = 0; i < own.length; i++) own[i] = samples[(from + i) * channels + channel]!;
      return own;
    };
    const left = side(0);
    const uniform = Math.abs(total - perFrame * given) <= perFrame;
    return { chunk: { left, right: channels === 1 ? left : side(1), rate }, uniform };
  });

/**
 * Creates a function that decodes frames with headers alike. Where some of them cannot be decoded,
 * or band replication begins among them, it halves them until each part is of a kind.
 */
const createBatchDecoder = (decoders: Decoders) => {
  let [splits, broken] = [0, 0];
  return async function* decode(heard: readonly Uint8Array[], fresh: readonly Uint8Array[]): AsyncGenerator<PcmChunk> {
    const batch = await decodeBatch(decoders, [...heard, ...fresh], heard.length).catch((error: unknown) => {
      if (error instanceof UserError) throw error;
      return undefined;
    });
    if (batch?.uniform) return yield batch.chunk;
    // Those that were heard may be to blame.
    if (heard.length > 0 && (batch !== undefined || fresh.length === 1)) return yield* decode([], fresh);
    if (fresh.length === 1) {
      if (batch !== undefined) yield batch.chunk;
      else if (broken++ >= FORGIVEN) throw damagedFile(message("import.reasonPartlyUndecodable"));
      return;
    }
    if (splits++ > MAX_SPLITS) throw damagedFile(message("import.reasonFormatChangesOften"));
    const half = Math.floor(fresh.length / 2);
    yield* decode(heard, fresh.slice(0, half));
    yield* decode(fresh.slice(Math.max(0, half - PRE_ROLL), half), fresh.slice(half));
  };
};

/**
 * Decodes AAC. Where a frame's header says another rate or number of channels than the one before,
 * as in recordings that were joined, a new decoder follows.
 * @param frames each with a header of its own
 */
export async function* decodeAac(frames: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): PcmChunks & AsyncGenerator {
  const decode = createBatchDecoder(createDecoders());
  let heard: readonly Uint8Array[] = [];
  let fresh: Uint8Array[] = [];
  let format: string | undefined;
  let changes = 0;
  for await (const frame of frames) {
    const own = readAdtsHeader(frame, 0)?.format;
    const changed = format !== undefined && own !== format;
    if (changed && changes++ > MAX_CHANGES) throw damagedFile(message("import.reasonFormatChangesOften"));
    if (changed || fresh.length === BATCH) {
      yield* decode(heard, fresh);
      heard = changed ? [] : fresh.slice(-PRE_ROLL);
      fresh = [];
    }
    format = own;
    fresh.push(frame);
  }
  if (fresh.length > 0) yield* decode(heard, fresh);
}

/** Tags that may stand between the files of which a stream was joined. */
const TAG = /^(ID3|TAG|APE)/;

function* adtsFrames(bytes: Uint8Array): Generator<Uint8Array> {
  let last: SyncedFrame | undefined;
  for (const frame of syncFrames(bytes, readAdtsHeader)) {
    if (last !== undefined) {
      const end = last.at + last.length;
      // A frame with junk behind it reaches into that, or has lost a part.
      const whole = end === frame.at || TAG.test(Buffer.from(bytes.subarray(end, end + 3)).toString("latin1"));
      if (whole) yield bytes.subarray(last.at, end);
    }
    checkAdtsFormat(frame);
    last = frame;
  }
  if (last !== undefined) yield bytes.subarray(last.at, last.at + last.length);
}

/** @throws UserError for what its header says of rate and channels */
const checkAdtsFormat = ({ format }: SyncedFrame): void => {
  const [, rateIndex, channels] = format.split(" ").map(Number);
  checkFormat(rateOf(rateIndex ?? -1), channels ?? 0);
};

/** AAC as a stream of frames with headers of their own (ADTS). */
export const readAac = (bytes: Uint8Array): PcmChunks => decodeAac(adtsFrames(bytes));
