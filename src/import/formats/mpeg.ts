import type { HeaderReader } from "./syncFrames.ts";

/** Bitrates in kbit/s by version and layer (ISO 11172-3 and 13818-3, table of bitrate indices). */
const V1_LAYER_1 = [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448];
const V1_LAYER_2 = [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
const V1_LAYER_3 = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const V2_LAYER_1 = [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256];
const V2_LAYERS_2_3 = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const RATES = [44_100, 48_000, 32_000];
const MONO = 3;

const bitrateTable = (first: boolean, layer: number): readonly number[] => {
  if (layer === 1) return first ? V1_LAYER_1 : V2_LAYER_1;
  if (!first) return V2_LAYERS_2_3;
  return layer === 2 ? V1_LAYER_2 : V1_LAYER_3;
};

/** Reads an MPEG audio header (ISO 11172-3, 2.4.1.3), layers I to III. */
export const readMpegHeader: HeaderReader = (bytes, at) => {
  const [sync = 0, kind = 0, rates = 0, mode = 0] = bytes.subarray(at, at + 4);
  if (at + 4 > bytes.length || sync !== 0xff || (kind & 0xe0) !== 0xe0) return undefined;
  const version = (kind >> 3) & 3;
  const layer = 4 - ((kind >> 1) & 3);
  if (version === 1 || layer === 4) return undefined;
  const first = version === 3;
  // Undefined for free format and for what is reserved.
  const bitrate = bitrateTable(first, layer)[(rates >> 4) - 1];
  const base = RATES[(rates >> 2) & 3];
  if (bitrate === undefined || base === undefined) return undefined;
  const rate = base / (first ? 1 : version === 2 ? 2 : 4);
  const padding = (rates >> 1) & 1;
  const format = `${layer} ${rate} ${mode >> 6 === MONO ? 1 : 2}`;
  if (layer === 1) return { length: (Math.floor((12 * bitrate * 1_000) / rate) + padding) * 4, format };
  const slots = layer === 3 && !first ? 72 : 144;
  return { length: Math.floor((slots * bitrate * 1_000) / rate) + padding, format };
};

/** Reads an ADTS header (ISO 14496-3, 1.A.2.2). */
export const readAdtsHeader: HeaderReader = (bytes, at) => {
  const [sync = 0, kind = 0, rates = 0, b3 = 0, b4 = 0, b5 = 0] = bytes.subarray(at, at + 6);
  if (at + 7 > bytes.length || sync !== 0xff || (kind & 0xf6) !== 0xf0) return undefined;
  const length = ((b3 & 3) << 11) | (b4 << 3) | (b5 >> 5);
  const rateIndex = (rates >> 2) & 15;
  if (length < 7 || rateIndex > 12) return undefined;
  return { length, format: `${rates >> 6} ${rateIndex} ${((rates & 1) << 2) | (b3 >> 6)}` };
};
