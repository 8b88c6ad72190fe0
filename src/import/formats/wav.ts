import { message } from "../../i18n/message.ts";
import { damagedFile, unfitFile } from "../refusals.ts";
import { fourLetters, type IffChunk, readIffChunks } from "./iffChunks.ts";
import { readMp3 } from "./mp3.ts";
import type { PcmChunks } from "./pcmChunk.ts";
import { type PcmFormat, readSamples } from "./pcmSamples.ts";

/** Format tags (RFC 2361). */
const EXTENSIBLE = 0xfffe;
const ENCODINGS: Readonly<Record<number, PcmFormat["encoding"]>> = { 1: "signed", 3: "float", 6: "a-law", 7: "mu-law" };
const MPEG_TAGS = new Set([0x50, 0x55]);
/** Those that people have, by their common names. */
const OTHER_TAGS: Readonly<Record<number, string>> = {
  2: "Microsoft ADPCM",
  17: "IMA ADPCM",
  49: "GSM 6.10",
  352: "WMA",
  353: "WMA",
  255: "AAC",
  5648: "AAC",
};

const readFormat = (view: DataView, { from, to }: IffChunk, littleEndian: boolean): PcmFormat | "mpeg" => {
  if (to - from < 16) throw damagedFile(message("import.reasonFormatCutOff"));
  const tag = view.getUint16(from, littleEndian);
  const code = tag === EXTENSIBLE && to - from >= 26 ? view.getUint16(from + 24, littleEndian) : tag;
  if (MPEG_TAGS.has(code)) return "mpeg";
  const encoding = ENCODINGS[code];
  if (encoding === undefined)
    throw unfitFile(
      message("import.reasonContainerHolds", { container: "WAV", codec: OTHER_TAGS[code] ?? `0x${code.toString(16)}` }),
    );
  const bits = view.getUint16(from + 14, littleEndian);
  return {
    rate: view.getUint32(from + 4, littleEndian),
    channels: view.getUint16(from + 2, littleEndian),
    bits,
    encoding: encoding === "signed" && bits === 8 ? "unsigned" : encoding,
    littleEndian,
  };
};

/**
 * RIFF WAVE, its big-endian form RIFX, and its 64-bit forms RF64 and BW64 (EBU Tech 3306, ITU-R
 * BS.2088): 8 to 32 bits, floats, µ-law, A-law, or MP3.
 * @throws UserError
 */
export const readWav = (bytes: Uint8Array): PcmChunks => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = fourLetters(view, 0) !== "RIFX";
  let format: PcmFormat | "mpeg" | undefined;
  let length64: number | undefined;
  for (const chunk of readIffChunks(view, littleEndian, "data", () => length64)) {
    if (chunk.name === "ds64" && chunk.to - chunk.from >= 16)
      length64 = Number(view.getBigUint64(chunk.from + 8, littleEndian));
    if (chunk.name === "fmt ") format = readFormat(view, chunk, littleEndian);
    if (chunk.name !== "data") continue;
    if (format === undefined) throw damagedFile(message("import.reasonFormatMissing"));
    const sound = bytes.subarray(chunk.from, chunk.to);
    return format === "mpeg" ? readMp3(sound) : readSamples(sound, format);
  }
  throw damagedFile(message("audio.opusEmpty"));
};
