import { message } from "../../i18n/message.ts";
import { damagedFile, unfitFile } from "../refusals.ts";
import { checkFormat, type PcmChunk, type PcmChunks } from "./pcmChunk.ts";

interface PcmFormat {
  readonly rate: number;
  readonly channels: number;
  readonly bits: number;
  readonly float: boolean;
  readonly littleEndian: boolean;
  /** WAV's 8 bits are unsigned. */
  readonly unsigned: boolean;
}

interface Chunk {
  readonly name: string;
  readonly from: number;
  /** Clamped to the file, whatever the chunk claims. */
  readonly to: number;
}

const [WAVE_PCM, WAVE_FLOAT, WAVE_EXTENSIBLE] = [1, 3, 0xfffe];

/** The chunks of a RIFF or IFF file (EA IFF 85); lengths beyond the file end with it. */
function* chunksOf(view: DataView, littleEndian: boolean): Generator<Chunk> {
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const name = String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
    const length = view.getUint32(at + 4, littleEndian);
    const from = at + 8;
    yield { name, from, to: Math.min(view.byteLength, from + length) };
    at = from + length + (length & 1);
  }
}

const wavFormat = (view: DataView, { from, to }: Chunk): PcmFormat => {
  if (to - from < 16) throw damagedFile(message("import.reasonFormatCutOff"));
  const bits = view.getUint16(from + 14, true);
  const tag = view.getUint16(from, true);
  const code = tag === WAVE_EXTENSIBLE && to - from >= 26 ? view.getUint16(from + 24, true) : tag;
  if (code !== WAVE_PCM && code !== WAVE_FLOAT) throw unfitFile(message("import.reasonWavCompressed"));
  return {
    rate: view.getUint32(from + 4, true),
    channels: view.getUint16(from + 2, true),
    bits,
    float: code === WAVE_FLOAT,
    littleEndian: true,
    unsigned: bits === 8,
  };
};

/** An 80-bit float as AIFF writes its rate; its whole part. */
const extended = (view: DataView, at: number): number => {
  const exponent = (view.getUint16(at) & 0x7fff) - 16_383;
  return exponent < 0 || exponent > 31 ? 0 : Math.floor(view.getUint32(at + 2) / 2 ** (31 - exponent));
};

const aiffFormat = (view: DataView, { from, to }: Chunk): PcmFormat => {
  if (to - from < 18) throw damagedFile(message("import.reasonFormatCutOff"));
  const kind = to - from >= 22 ? String.fromCharCode(...[18, 19, 20, 21].map((i) => view.getUint8(from + i))) : "NONE";
  const float = /^fl(32|64)$/i.test(kind);
  if (!float && !["NONE", "twos", "sowt", "in24", "in32"].includes(kind))
    throw unfitFile(message("import.reasonAiffCompressed"));
  return {
    rate: extended(view, from + 8),
    channels: view.getUint16(from),
    bits: view.getUint16(from + 6),
    float,
    littleEndian: kind === "sowt",
    unsigned: false,
  };
};

/** Reads one sample at an offset; full scale at ±1. */
const readerOf = (view: DataView, format: PcmFormat): ((at: number) => number) => {
  const { bits, float, littleEndian: little, unsigned } = format;
  if (float && bits === 32) return (at) => view.getFloat32(at, little);
  if (float && bits === 64) return (at) => view.getFloat64(at, little);
  if (float) throw unfitFile(message("import.reasonBitDepth", { bits }));
  if (bits === 8) return unsigned ? (at) => (view.getUint8(at) - 128) / 128 : (at) => view.getInt8(at) / 128;
  if (bits === 16) return (at) => view.getInt16(at, little) / 32_768;
  if (bits === 24) {
    const [low, high] = little ? [0, 1] : [2, 0];
    return (at) => (view.getInt16(at + high, little) * 256 + view.getUint8(at + low)) / 8_388_608;
  }
  if (bits === 32) return (at) => view.getInt32(at, little) / 2_147_483_648;
  throw unfitFile(message("import.reasonBitDepth", { bits }));
};

async function* piecesOf(view: DataView, format: PcmFormat, { from, to }: Chunk): AsyncGenerator<PcmChunk> {
  checkFormat(format.rate, format.channels);
  const read = readerOf(view, format);
  const [size, { channels, rate }] = [format.bits / 8, format];
  const total = Math.floor((to - from) / (size * channels));
  for (let done = 0; done < total; done += rate) {
    const count = Math.min(rate, total - done);
    const left = new Float32Array(count);
    const right = channels === 1 ? left : new Float32Array(count);
    let at = from + done * size * channels;
    for (let i = 0; i < count; i++, at += size * channels) {
      left[i] = read(at);
      if (channels === 2) right[i] = read(at + size);
    }
    yield { left, right, rate };
  }
}

const readPcm = (
  bytes: Uint8Array,
  littleEndian: boolean,
  names: { format: string; sound: string; skip: number },
  formatOf: (view: DataView, chunk: Chunk) => PcmFormat,
): PcmChunks => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: PcmFormat | undefined;
  for (const chunk of chunksOf(view, littleEndian)) {
    if (chunk.name === names.format) format = formatOf(view, chunk);
    if (chunk.name !== names.sound) continue;
    if (format === undefined) throw damagedFile(message("import.reasonFormatMissing"));
    return piecesOf(view, format, { ...chunk, from: Math.min(chunk.to, chunk.from + names.skip) });
  }
  throw damagedFile(message("audio.opusEmpty"));
};

/** RIFF WAVE: 8 to 32 bits, or floats. @throws UserError */
export const readWav = (bytes: Uint8Array): PcmChunks =>
  readPcm(bytes, true, { format: "fmt ", sound: "data", skip: 0 }, wavFormat);

/** AIFF and uncompressed AIFF-C. @throws UserError */
export const readAiff = (bytes: Uint8Array): PcmChunks =>
  readPcm(bytes, false, { format: "COMM", sound: "SSND", skip: 8 }, aiffFormat);
