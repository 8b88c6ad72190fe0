/** Bitrates in kbit/s by version and layer (ISO 11172-3 and 13818-3, table of bitrate indices). */
const BITRATES = {
  1: { 1: [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448] },
  2: { 1: [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256] },
} as const;
const V1_LAYER_2 = [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
const V1_LAYER_3 = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const V2_LAYERS_2_3 = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const RATES = [44_100, 48_000, 32_000];
/** So many frames in a row are no accident. */
const ENOUGH = 3;

/** Length of an ID3v2 tag at the beginning, 0 where there is none (id3.org, ID3v2.4, section 3.1). */
export const id3Length = (bytes: Uint8Array): number => {
  if (bytes.length < 10 || bytes[0] !== 0x49 || bytes[1] !== 0x44 || bytes[2] !== 0x33) return 0;
  const [a, b, c, d] = bytes.subarray(6, 10);
  if (((a! | b! | c! | d!) & 0x80) !== 0) return 0;
  const footer = (bytes[5]! & 0x10) !== 0 ? 10 : 0;
  return 10 + (a! << 21) + (b! << 14) + (c! << 7) + d! + footer;
};

/** Length of the MPEG audio frame at `at`, or 0 where none begins. */
const mpegFrame = (bytes: Uint8Array, at: number): number => {
  if (at + 4 > bytes.length || bytes[at] !== 0xff || (bytes[at + 1]! & 0xe0) !== 0xe0) return 0;
  const version = (bytes[at + 1]! >> 3) & 3;
  const layer = 4 - ((bytes[at + 1]! >> 1) & 3);
  const rateIndex = (bytes[at + 2]! >> 2) & 3;
  const bitrateIndex = bytes[at + 2]! >> 4;
  if (version === 1 || layer === 4 || rateIndex === 3 || bitrateIndex === 0 || bitrateIndex === 15) return 0;
  const first = version === 3;
  const row =
    layer === 1 ? BITRATES[first ? 1 : 2][1] : first ? (layer === 2 ? V1_LAYER_2 : V1_LAYER_3) : V2_LAYERS_2_3;
  const bitrate = row[bitrateIndex - 1]! * 1_000;
  const rate = RATES[rateIndex]! / (first ? 1 : version === 2 ? 2 : 4);
  const padding = (bytes[at + 2]! >> 1) & 1;
  if (layer === 1) return (Math.floor((12 * bitrate) / rate) + padding) * 4;
  const slots = layer === 3 && !first ? 72 : 144;
  return Math.floor((slots * bitrate) / rate) + padding;
};

/** Length of the ADTS frame at `at`, or 0 where none begins (ISO 14496-3, 1.A.2.2). */
export const adtsFrame = (bytes: Uint8Array, at: number): number => {
  if (at + 7 > bytes.length || bytes[at] !== 0xff || (bytes[at + 1]! & 0xf6) !== 0xf0) return 0;
  const length = ((bytes[at + 3]! & 3) << 11) | (bytes[at + 4]! << 3) | (bytes[at + 5]! >> 5);
  return length >= 7 && ((bytes[at + 2]! >> 2) & 15) < 13 ? length : 0;
};

const inARow = (frame: (bytes: Uint8Array, at: number) => number) => (bytes: Uint8Array) => {
  let at = 0;
  for (let count = 0; count < ENOUGH && at < bytes.length; count++) {
    const length = frame(bytes, at);
    if (length === 0) return false;
    at += length;
  }
  return at > 0;
};

export const isMpegStream = inARow(mpegFrame);
export const isAdtsStream = inARow(adtsFrame);
