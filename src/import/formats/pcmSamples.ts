import { message } from "../../i18n/message.ts";
import { unfitFile } from "../refusals.ts";
import { checkFormat, type PcmChunk } from "./pcmChunk.ts";

/** How samples are stored that no codec has touched, or G.711's two laws. */
export interface PcmFormat {
  /** In Hz. */
  readonly rate: number;
  readonly channels: number;
  /** Bits of one stored sample. */
  readonly bits: number;
  readonly encoding: "signed" | "unsigned" | "float" | "mu-law" | "a-law";
  readonly littleEndian: boolean;
}

/** µ-law to linear (ITU-T G.711, table 2); full scale at ±1. */
const muLaw = (code: number): number => {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + 0x84) << ((bits & 0x70) >> 4)) - 0x84;
  return ((bits & 0x80) === 0 ? magnitude : -magnitude) / 32_768;
};

/** A-law to linear (ITU-T G.711, table 1); full scale at ±1. */
const aLaw = (code: number): number => {
  const bits = code ^ 0x55;
  const [segment, step] = [(bits & 0x70) >> 4, (bits & 0x0f) << 4];
  const magnitude = segment === 0 ? step + 8 : (step + 0x108) << (segment - 1);
  return ((bits & 0x80) === 0 ? -magnitude : magnitude) / 32_768;
};

/**
 * Returns a function that reads the sample at an offset; full scale at ±1.
 * @throws UserError for odd sizes
 */
const readerOf = (view: DataView, format: PcmFormat): ((at: number) => number) => {
  const { bits, encoding, littleEndian: little } = format;
  if (encoding === "mu-law") return (at) => muLaw(view.getUint8(at));
  if (encoding === "a-law") return (at) => aLaw(view.getUint8(at));
  if (encoding === "float" && bits === 32) return (at) => view.getFloat32(at, little);
  if (encoding === "float" && bits === 64) return (at) => view.getFloat64(at, little);
  if (encoding === "float") throw unfitFile(message("import.reasonBitDepth", { bits }));
  if (bits === 8)
    return encoding === "unsigned" ? (at) => (view.getUint8(at) - 128) / 128 : (at) => view.getInt8(at) / 128;
  if (bits === 16) return (at) => view.getInt16(at, little) / 32_768;
  if (bits === 24) {
    const [low, high] = little ? [0, 1] : [2, 0];
    return (at) => (view.getInt16(at + high, little) * 256 + view.getUint8(at + low)) / 8_388_608;
  }
  if (bits === 32) return (at) => view.getInt32(at, little) / 2_147_483_648;
  throw unfitFile(message("import.reasonBitDepth", { bits }));
};

/** Reads samples a second at a time; what is left of a cut-off sample at the end is dropped. */
export async function* readSamples(bytes: Uint8Array, format: PcmFormat): AsyncGenerator<PcmChunk> {
  checkFormat(format.rate, format.channels);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = readerOf(view, format);
  const [size, { channels, rate }] = [format.bits / 8, format];
  const total = Math.floor(bytes.length / (size * channels));
  for (let done = 0; done < total; done += rate) {
    const count = Math.min(rate, total - done);
    const left = new Float32Array(count);
    const right = channels === 1 ? left : new Float32Array(count);
    let at = done * size * channels;
    for (let i = 0; i < count; i++, at += size * channels) {
      left[i] = read(at);
      if (channels === 2) right[i] = read(at + size);
    }
    yield { left, right, rate };
  }
}
