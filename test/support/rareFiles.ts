import type { Pcm } from "../../src/audio/format.ts";

/** A box of MP4, or an atom of QuickTime. */
export const box = (name: string, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(name, 4, "latin1");
  return Buffer.concat([head, body]);
};

/** A chunk of RIFF. */
export const riffChunk = (name: string, body: Uint8Array, padded = true): Buffer => {
  const head = Buffer.alloc(8);
  head.write(name, 0, "latin1");
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(padded ? body.length % 2 : 0)]);
};

/** A `fmt ` chunk's body. */
export const waveFormat = (code: number, channels: number, rate: number, bits: number): Buffer => {
  const body = Buffer.alloc(16);
  body.writeUInt16LE(code, 0);
  body.writeUInt16LE(channels, 2);
  body.writeUInt32LE(rate, 4);
  body.writeUInt32LE((rate * channels * bits) / 8, 8);
  body.writeUInt16LE((channels * bits) / 8, 12);
  body.writeUInt16LE(bits, 14);
  return body;
};

/** RIFF WAVE of any chunks. */
export const riff = (...chunks: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(chunks);
  return Buffer.concat([riffChunk("RIFF", Buffer.concat([Buffer.from("WAVE"), body]))]);
};

/** Samples of 16 bits, left and right by turns. */
export const samples16 = ({ left, right }: Pcm, littleEndian = true): Buffer => {
  const bytes = Buffer.alloc(left.length * 4);
  left.forEach((sample, i) => {
    for (const [channel, value] of [sample, right[i] ?? 0].entries()) {
      const level = Math.round(value * 32_767);
      if (littleEndian) bytes.writeInt16LE(level, i * 4 + channel * 2);
      else bytes.writeInt16BE(level, i * 4 + channel * 2);
    }
  });
  return bytes;
};

/** Floats of 32 bits, left and right by turns. */
export const floats = ({ left, right }: Pcm): Buffer => {
  const bytes = Buffer.alloc(left.length * 8);
  left.forEach((sample, i) => {
    bytes.writeFloatBE(sample, i * 8);
    bytes.writeFloatBE(right[i] ?? 0, i * 8 + 4);
  });
  return bytes;
};

/** µ-law of a sample (G.711), by search: what decodes nearest. */
const muLawCode = (sample: number): number => {
  const level = Math.min(32_635, Math.abs(Math.round(sample * 32_768))) + 132;
  const exponent = 31 - Math.clz32(level) - 7;
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | ((level >> (exponent + 3)) & 15)) & 0xff;
};

/** A-law of a sample (G.711). */
const aLawCode = (sample: number): number => {
  const level = Math.min(32_635, Math.abs(Math.round(sample * 32_768)));
  const exponent = level < 256 ? 0 : 31 - Math.clz32(level) - 7;
  const mantissa = (level >> (exponent === 0 ? 4 : exponent + 3)) & 15;
  return ((sample < 0 ? 0 : 0x80) | (exponent << 4) | mantissa) ^ 0x55;
};

/** G.711, left and right by turns. */
export const g711 = ({ left, right }: Pcm, law: "mu" | "a"): Buffer => {
  const code = law === "mu" ? muLawCode : aLawCode;
  return Buffer.from(Array.from(left).flatMap((sample, i) => [code(sample), code(right[i] ?? 0)]));
};

/** RF64 or BW64: its lengths are in `ds64`. */
export const rf64 = (name: "RF64" | "BW64", sound: Uint8Array, rate: number): Buffer => {
  const sizes = Buffer.alloc(28);
  sizes.writeBigUInt64LE(BigInt(sound.length), 8);
  const data = riffChunk("data", sound);
  data.writeUInt32LE(0xffffffff, 4);
  const file = riff(riffChunk("ds64", sizes), riffChunk("fmt ", waveFormat(1, 2, rate, 16)), data);
  file.write(name, 0, "latin1");
  file.writeUInt32LE(0xffffffff, 4);
  return file;
};

const iffChunk = (name: string, body: Uint8Array): Buffer => {
  const head = Buffer.alloc(8);
  head.write(name, 0, "latin1");
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body]);
};

/** AIFF-C of any compression type, 44.1 kHz. */
export const aifc = (type: string, bits: number, sound: Uint8Array, frames: number): Buffer => {
  const common = Buffer.alloc(24);
  common.writeUInt16BE(2, 0);
  common.writeUInt32BE(frames, 2);
  common.writeUInt16BE(bits, 6);
  common.writeUInt16BE(16_383 + 15, 8);
  common.writeUInt32BE((44_100 << 16) >>> 0, 10);
  common.write(type, 18, "latin1");
  const data = iffChunk("SSND", Buffer.concat([Buffer.alloc(8), sound]));
  return iffChunk("FORM", Buffer.concat([Buffer.from("AIFC"), iffChunk("COMM", common), data]));
};

const cafChunk = (name: string, body: Uint8Array, length = body.length): Buffer => {
  const head = Buffer.alloc(12);
  head.write(name, 0, "latin1");
  head.writeBigInt64BE(BigInt(length), 4);
  return Buffer.concat([head, body]);
};

/**
 * Core Audio Format.
 * @param more chunks before the sound.
 * @param length what the sound's chunk claims
 */
export const caf = (
  { format, flags, bits, perPacket = 0 }: { format: string; flags: number; bits: number; perPacket?: number },
  sound: Uint8Array,
  {
    rate = 44_100,
    more = [],
    length,
  }: { rate?: number; more?: readonly (readonly [string, Uint8Array])[]; length?: number } = {},
): Buffer => {
  const description = Buffer.alloc(32);
  description.writeDoubleBE(rate, 0);
  description.write(format, 8, "latin1");
  description.writeUInt32BE(flags, 12);
  description.writeUInt32BE((bits / 8) * 2, 16);
  description.writeUInt32BE(perPacket, 20);
  description.writeUInt32BE(2, 24);
  description.writeUInt32BE(bits, 28);
  const data = Buffer.concat([Buffer.alloc(4), sound]);
  return Buffer.concat([
    Buffer.from("caff\0\u0001\0\0", "latin1"),
    cafChunk("desc", description),
    ...more.map(([name, body]) => cafChunk(name, body)),
    cafChunk("data", data, length ?? data.length),
  ]);
};

/** The frames of an ADTS file, without their headers. */
export const adtsPayloads = (file: Uint8Array): readonly Uint8Array[] => {
  const frames: Uint8Array[] = [];
  for (let at = 0; at + 7 <= file.length; ) {
    const [a = 0, b = 0, c = 0] = file.subarray(at + 3, at + 6);
    const length = ((a & 3) << 11) | (b << 3) | (c >> 5);
    frames.push(file.subarray(at + 7, at + length));
    at += length;
  }
  return frames;
};

/** AAC in CAF: its packet table, and its configuration within descriptors. */
export const cafAac = (adts: Uint8Array): Buffer => {
  const packets = adtsPayloads(adts);
  const table = Buffer.alloc(24);
  table.writeBigInt64BE(BigInt(packets.length), 0);
  const sizes = packets.flatMap(({ length }) => (length < 128 ? [length] : [0x80 | (length >> 7), length & 0x7f]));
  // ES descriptor, decoder configuration, and within it the two bytes that say low complexity, 44.1
  // kHz, stereo.
  const specific = Buffer.from([5, 2, 0x12, 0x10]);
  const decoder = Buffer.concat([Buffer.from([4, 13 + specific.length, 0x40, 0x15]), Buffer.alloc(11), specific]);
  const cookie = Buffer.concat([Buffer.from([3, 0x80, 0x80, 0x80, 3 + decoder.length, 0, 0, 0]), decoder]);
  return caf({ format: "aac ", flags: 0, bits: 0, perPacket: 1_024 }, Buffer.concat(packets), {
    more: [
      ["kuki", cookie],
      ["pakt", Buffer.concat([table, Buffer.from(sizes)])],
    ],
  });
};

/** Sun AU. */
export const au = (code: number, sound: Uint8Array, rate = 44_100): Buffer => {
  const head = Buffer.alloc(24);
  head.write(".snd", 0, "latin1");
  head.writeUInt32BE(24, 4);
  head.writeUInt32BE(0xffffffff, 8);
  head.writeUInt32BE(code, 12);
  head.writeUInt32BE(rate, 16);
  head.writeUInt32BE(2, 20);
  return Buffer.concat([head, sound]);
};

/** An ID3v2 tag. */
export const id3 = (length: number): Buffer => {
  const tag = Buffer.alloc(10 + length, 0x41);
  tag.write("ID3\u0004\0\0", 0, "latin1");
  for (let i = 0; i < 4; i++) tag[6 + i] = (length >> (21 - 7 * i)) & 0x7f;
  return tag;
};

/** An ID3v1 tag, as it stands at the end. */
export const id3v1 = (): Buffer => Buffer.concat([Buffer.from("TAGTitle", "latin1"), Buffer.alloc(120)]);

/** An APEv2 tag, as it stands at the end. */
export const apeTag = (): Buffer => {
  const end = Buffer.alloc(32);
  end.write("APETAGEX", 0, "latin1");
  end.writeUInt32LE(2_000, 8);
  end.writeUInt32LE(32 + 400, 12);
  return Buffer.concat([Buffer.alloc(400, 0x55), end]);
};

/** The pages of an Ogg file. */
export const oggPages = (file: Buffer): readonly Buffer[] => {
  const starts: number[] = [];
  for (let at = file.indexOf("OggS"); at >= 0; at = file.indexOf("OggS", at + 4)) starts.push(at);
  return starts.map((at, i) => file.subarray(at, starts[i + 1]));
};

/** A page with other flags, and its checksum right again. */
export const withFlags = (page: Buffer, change: (flags: number) => number): Buffer => {
  const copy = Buffer.from(page);
  copy[5] = change(copy[5] ?? 0);
  copy.writeUInt32LE(0, 22);
  copy.writeUInt32LE(oggCrc(copy), 22);
  return copy;
};

/** Ogg's checksum, bit by bit (RFC 3533, section 6). */
const oggCrc = (bytes: Uint8Array): number => {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc & 0x80000000 ? 0x04c11db7 : 0);
  }
  return crc >>> 0;
};

const bitsOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
const bytesOf = (bits: string): Buffer =>
  Buffer.from(
    bits
      .padEnd(Math.ceil(bits.length / 8) * 8, "0")
      .match(/.{8}/g)
      ?.map((byte) => Number.parseInt(byte, 2)) ?? [],
  );

/** Extension type, header flag, and a header: start 5, stop 7, the rest as by default. */
const SBR_HEAD = "1101" + "1" + "0010101110000000";
const SBR_BYTES = 14;

/**
 * A frame of AAC with spectral band replication laid on (ISO 14496-3, 4.4.2.8): an envelope of
 * nothing, so that only the rate doubles.
 * @param payload without its header
 */
const withSbr = (payload: Uint8Array): Buffer => {
  const bits = bitsOf(payload);
  // The last bits that are set end the frame.
  const end = bits.lastIndexOf("1") - 2;
  const fillElement = `110${SBR_BYTES.toString(2)}`;
  return bytesOf(`${bits.slice(0, end)}${fillElement}${SBR_HEAD.padEnd(SBR_BYTES * 8, "0")}111`);
};

/** HE-AAC made of AAC of low complexity: it plays at twice the rate of its headers. */
export const heAac = (adts: Buffer): Buffer => {
  const frames: Buffer[] = [];
  let at = 0;
  for (const payload of adtsPayloads(adts)) {
    const head = Buffer.from(adts.subarray(at, at + 7));
    at += 7 + payload.length;
    const body = withSbr(payload);
    const length = body.length + 7;
    head[3] = ((head[3] ?? 0) & 0xfc) | (length >> 11);
    head[4] = (length >> 3) & 0xff;
    head[5] = ((length & 7) << 5) | ((head[5] ?? 0) & 0x1f);
    frames.push(head, body);
  }
  return Buffer.concat(frames);
};
