import { message } from "../../i18n/message.ts";
import { damagedFile, unfitFile } from "../refusals.ts";
import { fourLetters, type IffChunk, readIffChunks } from "./iffChunks.ts";
import type { PcmChunks } from "./pcmChunk.ts";
import { type PcmFormat, readSamples } from "./pcmSamples.ts";

/** Compression types of AIFF-C that are read, lower-case. */
const ENCODINGS: Readonly<Record<string, PcmFormat["encoding"]>> = {
  none: "signed",
  twos: "signed",
  sowt: "signed",
  in24: "signed",
  in32: "signed",
  "raw ": "unsigned",
  fl32: "float",
  fl64: "float",
  ulaw: "mu-law",
  alaw: "a-law",
};

/** An 80-bit float, as AIFF writes its rate; its whole part. */
const extended = (view: DataView, at: number): number => {
  const exponent = (view.getUint16(at) & 0x7fff) - 16_383;
  return exponent < 0 || exponent > 31 ? 0 : Math.floor(view.getUint32(at + 2) / 2 ** (31 - exponent));
};

const readFormat = (view: DataView, { from, to }: IffChunk): PcmFormat => {
  if (to - from < 18) throw damagedFile(message("import.reasonFormatCutOff"));
  const type = to - from >= 22 ? fourLetters(view, from + 18) : "NONE";
  const encoding = ENCODINGS[type.toLowerCase()];
  if (encoding === undefined)
    throw unfitFile(message("import.reasonContainerHolds", { container: "AIFF", codec: type }));
  const law = encoding === "mu-law" || encoding === "a-law";
  return {
    rate: extended(view, from + 8),
    channels: view.getUint16(from),
    // What G.711 stores is 8 bits, whatever they expand to.
    bits: law ? 8 : view.getUint16(from + 6),
    encoding,
    littleEndian: type === "sowt",
  };
};

/** AIFF, and AIFF-C without compression or with G.711. @throws UserError */
export const readAiff = (bytes: Uint8Array): PcmChunks => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: PcmFormat | undefined;
  for (const { name, from, to } of readIffChunks(view, false, "SSND")) {
    if (name === "COMM") format = readFormat(view, { name, from, to });
    if (name !== "SSND") continue;
    if (format === undefined) throw damagedFile(message("import.reasonFormatMissing"));
    // Eight bytes of offset and block size stand before the samples.
    return readSamples(bytes.subarray(Math.min(to, from + 8), to), format);
  }
  throw damagedFile(message("audio.opusEmpty"));
};
