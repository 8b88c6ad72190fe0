import { message } from "../../i18n/message.ts";
import { damagedFile, unfitFile } from "../refusals.ts";
import { aacFormat, asAdts, decodeAac } from "./aac.ts";
import { audioSpecificConfig } from "./esDescriptor.ts";
import { fourLetters } from "./iffChunks.ts";
import type { PcmChunks } from "./pcmChunk.ts";
import { type PcmFormat, readSamples } from "./pcmSamples.ts";

interface Description {
  readonly rate: number;
  readonly format: string;
  readonly flags: number;
  readonly bytesPerPacket: number;
  readonly channels: number;
  readonly bits: number;
}

const [IS_FLOAT, IS_LITTLE_ENDIAN] = [1, 2];
/** Bytes of the edit count before the sound. */
const EDIT_COUNT = 4;

const readDescription = (view: DataView, from: number, to: number): Description => {
  if (to - from < 32) throw damagedFile(message("import.reasonFormatCutOff"));
  return {
    rate: Math.round(view.getFloat64(from)),
    format: fourLetters(view, from + 8),
    flags: view.getUint32(from + 12),
    bytesPerPacket: view.getUint32(from + 16),
    channels: view.getUint32(from + 24),
    bits: view.getUint32(from + 28),
  };
};

const pcmFormat = ({ rate, format, flags, channels, bits }: Description): PcmFormat | undefined => {
  const base = { rate, channels, littleEndian: (flags & IS_LITTLE_ENDIAN) !== 0 };
  if (format === "lpcm") return { ...base, bits, encoding: (flags & IS_FLOAT) !== 0 ? "float" : "signed" };
  if (format === "ulaw") return { ...base, bits: 8, encoding: "mu-law" };
  if (format === "alaw") return { ...base, bits: 8, encoding: "a-law" };
  return undefined;
};

/**
 * Cuts the sound into packets, by the lengths of the packet table: seven bits a byte, the highest
 * set where more follow.
 */
function* packetsOf(sound: Uint8Array, table: Uint8Array): Generator<Uint8Array> {
  let [at, length] = [0, 0];
  for (const byte of table.subarray(24)) {
    length = length * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    if (at + length > sound.length) return;
    if (length > 0) yield sound.subarray(at, at + length);
    at += length;
    length = 0;
  }
}

function* adtsOf(sound: Uint8Array, table: Uint8Array, cookie: Uint8Array): Generator<Uint8Array> {
  const format = aacFormat(audioSpecificConfig(cookie));
  for (const packet of packetsOf(sound, table)) yield asAdts(packet, format);
}

/** Apple's Core Audio Format: samples as they are, G.711, or AAC. @throws UserError */
export const readCaf = (bytes: Uint8Array): PcmChunks => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks = new Map<string, Uint8Array>();
  let description: Description | undefined;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const name = fourLetters(view, at);
    const claimed = Number(view.getBigInt64(at + 4));
    const from = at + 12;
    // −1, or 0 after a power cut: to the end of the file.
    const to = name === "data" && claimed <= 0 ? bytes.length : Math.min(bytes.length, from + Math.max(0, claimed));
    if (name === "desc") description = readDescription(view, from, to);
    if (!chunks.has(name)) chunks.set(name, bytes.subarray(from, to));
    at = to;
  }
  const [data, table, cookie] = ["data", "pakt", "kuki"].map((name) => chunks.get(name));
  if (description === undefined) throw damagedFile(message("import.reasonFormatMissing"));
  if (data === undefined) throw damagedFile(message("audio.opusEmpty"));
  const sound = data.subarray(EDIT_COUNT);
  const pcm = pcmFormat(description);
  if (pcm !== undefined) return readSamples(sound, pcm);
  if (description.format !== "aac ")
    throw unfitFile(message("import.reasonContainerHolds", { container: "CAF", codec: description.format }));
  if (table === undefined || cookie === undefined) throw damagedFile(message("import.reasonFormatMissing"));
  return decodeAac(adtsOf(sound, table, cookie));
};
