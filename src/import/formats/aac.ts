import { createRequire } from "node:module";
import { message } from "../../i18n/message.ts";
import { damagedFile, unfitFile } from "../refusals.ts";
import { adtsFrame } from "./mpeg.ts";
import { checkFormat, type PcmChunk, type PcmChunks } from "./pcmChunk.ts";

/** ISO 14496-3, table 1.18. */
const RATES = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];
const LOW_COMPLEXITY = 2;
/** With spectral band replication, and that with parametric stereo: both lie around low complexity. */
const AROUND = new Set([5, 29]);

const EVENTS = ["uncaughtException", "unhandledRejection"] as "uncaughtException"[];

/** What an AAC frame needs to be told apart from others: its header's settings. */
interface AacFormat {
  readonly rateIndex: number;
  readonly channels: number;
}

/** Reads an AudioSpecificConfig (ISO 14496-3, 1.6.2.1). @throws UserError for rare kinds of AAC */
export const aacFormat = (config: Uint8Array): AacFormat => {
  if (config.length < 2) throw damagedFile(message("import.reasonFormatCutOff"));
  const type = config[0]! >> 3;
  const rateIndex = ((config[0]! & 7) << 1) | (config[1]! >> 7);
  const channels = (config[1]! >> 3) & 15;
  if ((type !== LOW_COMPLEXITY && !AROUND.has(type)) || rateIndex > 12)
    throw unfitFile(message("import.reasonAacUnsupported"));
  checkFormat(RATES[rateIndex]!, channels);
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
 * libavcodec's AAC decoder in WebAssembly. While it loads, the package looks for what a browser or CommonJS has, adds listeners that end the
 * process, and would rather fetch: it gets what it looks for, its listeners are taken off, and there is nothing to fetch with.
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

/** Frames a piece: half a minute at 48 kHz. */
const FRAMES = 1_400;
/** A frame needs the one before it; spectral band replication a few more. */
const RUN_IN = 6;

/** @param frames each with a header of its own */
export async function* decodeAac(frames: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): PcmChunks & AsyncGenerator {
  const open = await loadDecoder();
  let known: Uint8Array[] = [];
  let fresh: Uint8Array[] = [];
  const decode = async (): Promise<PcmChunk | undefined> => {
    if (fresh.length === 0) return undefined;
    const all = [...known, ...fresh];
    const decoder = await open(Buffer.concat(all));
    try {
      const { channelCount: channels, sampleRate: rate } = decoder;
      checkFormat(rate, channels);
      const samples = decoder.decodeAudioData(0, -1, { multiChannel: true });
      // Each frame gives as many samples as the others; those of the run-in have been heard.
      const perFrame = Math.round(samples.length / channels / all.length / 1_024) * 1_024;
      const from = known.length * perFrame;
      const count = Math.max(0, samples.length / channels - from);
      const side = (channel: number) =>
        Float32Array.from({ length: count }, (_, i) => samples[(from + i) * channels + channel]!);
      known = fresh.slice(-RUN_IN);
      fresh = [];
      const left = side(0);
      return { left, right: channels === 1 ? left : side(1), rate };
    } finally {
      decoder.dispose();
    }
  };
  for await (const frame of frames) {
    fresh.push(frame);
    if (fresh.length < FRAMES) continue;
    const piece = await decode();
    if (piece !== undefined) yield piece;
  }
  const last = await decode();
  if (last !== undefined) yield last;
}

function* adtsFrames(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const length = adtsFrame(bytes, at);
    // Tags stand at the end of some files.
    if (length === 0 || at + length > bytes.length) return;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

/** AAC as a stream of frames with headers of their own. */
export const readAac = (bytes: Uint8Array): PcmChunks => decodeAac(adtsFrames(bytes));
