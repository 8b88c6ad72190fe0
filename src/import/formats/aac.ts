import { createRequire } from "node:module";
import { message } from "../../i18n/message.ts";
import { damagedFile, unfitFile } from "../refusals.ts";
import { readAdtsHeader } from "./mpeg.ts";
import { checkFormat, type PcmChunk, type PcmChunks } from "./pcmChunk.ts";
import { syncFrames } from "./syncFrames.ts";

/** ISO 14496-3, table 1.18. */
const RATES = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];
const LOW_COMPLEXITY = 2;
/** Spectral band replication (HE-AAC), and that with parametric stereo (v2), around a core of low complexity. */
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
const loadDecoder = async () => {
  const require = createRequire(import.meta.url);
  const wasm = require.resolve("@humansignal/audio-file-decoder/decode-audio.wasm");
  const { getAudioDecoder } = await import("@humansignal/audio-file-decoder");
  return async (adts: Uint8Array) => {
    const { fetch } = globalThis;
    const before = new Set(EVENTS.flatMap((event) => process.listeners(event)));
    Object.assign(globalThis, { require, __dirname: "", fetch: undefined });
    try {
      return await getAudioDecoder(wasm, adts.slice().buffer);
    } finally {
      Object.assign(globalThis, { require: undefined, __dirname: undefined, fetch });
      for (const event of EVENTS)
        for (const added of process.listeners(event)) if (!before.has(added)) process.off(event, added);
    }
  };
};

/** Frames that are decoded at once: half a minute at 48 kHz. */
const BATCH = 1_400;
/** A frame needs the one before it; spectral band replication a few more. */
const PRE_ROLL = 6;
/** Nobody joins more files than these. */
const MAX_CHANGES = 100;

/** Decodes frames that one decoder can decode. @param preRoll how many of them have been heard */
const decodeBatch = async (
  open: Awaited<ReturnType<typeof loadDecoder>>,
  frames: readonly Uint8Array[],
  preRoll: number,
): Promise<PcmChunk> => {
  const decoder = await open(Buffer.concat(frames));
  try {
    // What the header says is not believed: spectral band replication doubles the rate, and
    // parametric stereo makes two channels of one. The decoder has looked into the frames.
    const { channelCount: channels, sampleRate: rate } = decoder;
    checkFormat(rate, channels);
    const samples = decoder.decodeAudioData(0, -1, { multiChannel: true });
    const perFrame = Math.round(samples.length / channels / frames.length / 1_024) * 1_024;
    const from = preRoll * perFrame;
    const count = Math.max(0, samples.length / channels - from);
    const side = (channel: number) =>
      Float32Array.from({ length: count }, (_, i) => samples[(from + i) * channels + channel]!);
    const left = side(0);
    return { left, right: channels === 1 ? left : side(1), rate };
  } finally {
    decoder.dispose();
  }
};

/**
 * Decodes AAC. Where a frame's header says another rate or number of channels than the one before,
 * as in recordings that were joined, a new decoder follows.
 * @param frames each with a header of its own
 */
export async function* decodeAac(frames: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): PcmChunks & AsyncGenerator {
  const open = await loadDecoder();
  let heard: Uint8Array[] = [];
  let fresh: Uint8Array[] = [];
  let format: string | undefined;
  let changes = 0;
  const decode = async (): Promise<PcmChunk> => {
    const chunk = await decodeBatch(open, [...heard, ...fresh], heard.length);
    heard = fresh.slice(-PRE_ROLL);
    fresh = [];
    return chunk;
  };
  for await (const frame of frames) {
    const own = readAdtsHeader(frame, 0)?.format;
    if (format !== undefined && own !== format) {
      if (fresh.length > 0) yield await decode();
      heard = [];
      if (changes++ > MAX_CHANGES) throw damagedFile(message("import.reasonFormatChangesOften"));
    }
    format = own;
    fresh.push(frame);
    if (fresh.length === BATCH) yield await decode();
  }
  if (fresh.length > 0) yield await decode();
}

function* adtsFrames(bytes: Uint8Array): Generator<Uint8Array> {
  for (const { at, length, format } of syncFrames(bytes, readAdtsHeader)) {
    checkFormat(rateOf(Number(format.split(" ")[1])), Number(format.split(" ")[2]));
    yield bytes.subarray(at, at + length);
  }
}

/** AAC as a stream of frames with headers of their own (ADTS). */
export const readAac = (bytes: Uint8Array): PcmChunks => decodeAac(adtsFrames(bytes));
