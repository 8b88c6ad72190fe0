import { message } from "../../i18n/message.ts";
import { damagedFile } from "../refusals.ts";
import { decodeStream } from "./decodeStream.ts";
import { readMpegHeader } from "./mpeg.ts";
import type { PcmChunk, PcmChunks } from "./pcmChunk.ts";
import { syncFrames } from "./syncFrames.ts";

/** Bytes that are decoded at once: some frames. */
const PART = 8_192;
/** A broken frame now and then is what radio recordings have. */
const FORGIVEN = 3;
/** Files that were joined: nobody joins more with a change of format at each. */
const MAX_CHANGES = 100;

interface Run {
  readonly format: string;
  readonly parts: readonly Uint8Array[];
}

/** Frames in a row of one format, gathered into parts. */
function* runsOf(bytes: Uint8Array): Generator<Run> {
  let run: { format: string; parts: Uint8Array[]; from: number; to: number } | undefined;
  const close = ({ format, parts, from, to }: NonNullable<typeof run>): Run => ({
    format,
    parts: [...parts, bytes.subarray(from, to)],
  });
  let changes = 0;
  for (const { at, length, format } of syncFrames(bytes, readMpegHeader)) {
    if (run !== undefined && run.format === format) {
      if (at === run.to && at + length - run.from <= PART) {
        run.to = at + length;
        continue;
      }
      run.parts.push(bytes.subarray(run.from, run.to));
      [run.from, run.to] = [at, at + length];
      continue;
    }
    if (run !== undefined) yield close(run);
    if (changes++ > MAX_CHANGES) throw damagedFile(message("import.reasonFormatChangesOften"));
    run = { format, parts: [], from: at, to: at + length };
  }
  if (run !== undefined) yield close(run);
}

/**
 * MPEG-1 and -2, layers I to III. Where the rate or the number of channels changes, as in files
 * that were joined, a new decoder follows.
 */
export async function* readMp3(bytes: Uint8Array): AsyncGenerator<PcmChunk> {
  for (const { parts } of runsOf(bytes)) yield* decodeMpeg(parts);
}

/** A decoder of MPEG audio, for `decodeStream`. */
export const openMpegDecoder = async () => {
  const { MPEGDecoder } = await import("mpg123-decoder");
  return new MPEGDecoder();
};

/** Decodes MPEG audio frames of one format. */
export const decodeMpeg = (parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): PcmChunks =>
  decodeStream(openMpegDecoder, parts, FORGIVEN);
