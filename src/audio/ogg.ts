import type { Packet } from "./format.ts";
import { UnreadableSound } from "./unreadableSound.ts";

/** One page of an Ogg file (RFC 3533, section 6). */
interface Page {
  readonly first: boolean;
  readonly last: boolean;
  readonly continued: boolean;
  readonly serial: number;
  readonly sequence: number;
  /** Lengths of the segments; 255 says that the packet goes on in the next one. */
  readonly lacing: Uint8Array;
  readonly body: Uint8Array;
}

const HEADER_BYTES = 27;
const CONTINUED = 1;
const FIRST = 2;
const LAST = 4;
/** Granule position of a page on which no packet ends. */
const NO_GRANULE = 2n ** 64n - 1n;
/**
 * Longer packets than any Opus packet or sane comment header are refused before they are put
 * together.
 */
const MAX_PACKET_BYTES = 1 << 20;

const damaged = (at: number, why: string) =>
  new UnreadableSound("bad-ogg", `The file is damaged or isn't Ogg (${why}, at byte ${at}).`);

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc & 0x80000000 ? 0x04c11db7 : 0);
  return crc >>> 0;
});

/** Ogg's checksum (polynomial 0x04c11db7, not reflected), going on from `crc`. */
const checksum = (bytes: Uint8Array, crc = 0): number => {
  let sum = crc;
  for (let i = 0; i < bytes.length; i++) sum = (sum << 8) ^ CRC_TABLE[(sum >>> 24) ^ bytes[i]!]!;
  return sum >>> 0;
};

const ZERO_CHECKSUM = new Uint8Array(4);

/**
 * Whether a page's checksum is that of its bytes (RFC 3533, section 6).
 * @param page whole, with its header
 */
export const oggChecksumMatches = (page: Uint8Array): boolean => {
  const sum = checksum(page.subarray(26), checksum(ZERO_CHECKSUM, checksum(page.subarray(0, 22))));
  return sum === new DataView(page.buffer, page.byteOffset, page.byteLength).getUint32(22, true);
};

function* readPages(bytes: Uint8Array): Generator<Page> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; ) {
    if (at + HEADER_BYTES > bytes.length) throw damaged(at, "a page is cut off");
    if (view.getUint32(at) !== 0x4f676753) throw damaged(at, "no page header");
    if (view.getUint8(at + 4) !== 0) throw damaged(at, "unknown Ogg version");
    const bodyAt = at + HEADER_BYTES + view.getUint8(at + 26);
    const lacing = bytes.subarray(at + HEADER_BYTES, bodyAt);
    const end = lacing.reduce((sum, length) => sum + length, bodyAt);
    if (end > bytes.length) throw damaged(at, "a page is cut off");
    if (!oggChecksumMatches(bytes.subarray(at, end))) throw damaged(at, "the checksum doesn't match");
    const flags = view.getUint8(at + 5);
    yield {
      first: (flags & FIRST) !== 0,
      last: (flags & LAST) !== 0,
      continued: (flags & CONTINUED) !== 0,
      serial: view.getUint32(at + 14, true),
      sequence: view.getUint32(at + 18, true),
      lacing,
      body: bytes.subarray(bodyAt, end),
    };
    at = end;
  }
}

/** The longest page there can be: header, 255 lacing values, 255 segments of 255 bytes (RFC 3533, section 6). */
export const MAX_PAGE_BYTES = HEADER_BYTES + 255 + 255 * 255;

/**
 * The granule position of a file's last page.
 * @param tail the last `MAX_PAGE_BYTES` of the file, or all of it
 * @returns undefined unless the file ends with a whole page that says that it is the last
 */
export const lastGranule = (tail: Uint8Array): number | undefined => {
  const bytes = Buffer.from(tail.buffer, tail.byteOffset, tail.byteLength);
  const at = bytes.lastIndexOf("OggS", undefined, "latin1");
  const page = bytes.subarray(Math.max(0, at));
  if (at < 0 || page.length < HEADER_BYTES || ((page[5] ?? 0) & LAST) === 0 || !oggChecksumMatches(page))
    return undefined;
  return Number(page.readBigUInt64LE(6));
};

const joinParts = (parts: readonly Uint8Array[]): Uint8Array => (parts.length === 1 ? parts[0]! : Buffer.concat(parts));

/**
 * Reads the packets of an Ogg file with one stream; they share the memory of `bytes` where they are
 * contiguous. Trusts nothing that can be counted: granule positions are not read at all.
 * @throws UnreadableSound at the first page that violates RFC 3533
 */
export function* readOggPackets(bytes: Uint8Array): Generator<Packet> {
  let parts: Uint8Array[] = [];
  let partial = 0;
  let serial: number | undefined;
  let sequence = 0;
  let ended = false;
  for (const page of readPages(bytes)) {
    const at = page.body.byteOffset - bytes.byteOffset;
    if (serial === undefined && !page.first) throw damaged(at, "the beginning is missing");
    if (serial !== undefined && (page.first || page.serial !== serial))
      throw damaged(at, "a second stream in the same file");
    if (ended) throw damaged(at, "data after the end");
    if (page.sequence !== sequence) throw damaged(at, "a page is missing");
    if (page.continued !== parts.length > 0) throw damaged(at, "a broken packet");
    serial = page.serial;
    sequence += 1;
    ended = page.last;
    let from = 0;
    let length = 0;
    for (const [index, segment] of page.lacing.entries()) {
      length += segment;
      partial += segment;
      if (partial > MAX_PACKET_BYTES) throw damaged(at, "a packet is too long");
      const whole = segment < 255;
      if (!whole && index < page.lacing.length - 1) continue;
      parts.push(page.body.subarray(from, from + length));
      from += length;
      length = 0;
      if (!whole) continue;
      yield joinParts(parts);
      parts = [];
      partial = 0;
    }
  }
  if (serial === undefined) throw damaged(0, "the file is empty");
  if (parts.length > 0) throw damaged(bytes.length, "the last packet is cut off");
}

interface OggPacket {
  readonly packet: Packet;
  /** Granule position once this packet is decoded. */
  readonly granule: number;
  /** Begin a page after this packet, as headers need and as players seek. */
  readonly endsPage: boolean;
}

/**
 * Writes packets as the pages of one stream (RFC 3533, section 6).
 * @param serial tells the stream apart from others, any 32 bits
 */
export function* writeOggPages(packets: Iterable<OggPacket>, serial: number): Generator<Uint8Array> {
  let sequence = 0;
  let lacing: number[] = [];
  let body: Uint8Array[] = [];
  let granule = NO_GRANULE;
  let continued = false;

  const page = (last: boolean): Uint8Array => {
    const bytes = Buffer.alloc(HEADER_BYTES + lacing.length);
    bytes.write("OggS", 0, "latin1");
    bytes[5] = (continued ? CONTINUED : 0) | (sequence === 0 ? FIRST : 0) | (last ? LAST : 0);
    bytes.writeBigUInt64LE(granule, 6);
    bytes.writeUInt32LE(serial >>> 0, 14);
    bytes.writeUInt32LE(sequence, 18);
    bytes[26] = lacing.length;
    bytes.set(lacing, HEADER_BYTES);
    const whole = Buffer.concat([bytes, ...body]);
    whole.writeUInt32LE(checksum(whole), 22);
    sequence += 1;
    lacing = [];
    body = [];
    granule = NO_GRANULE;
    return whole;
  };

  let endsPage = false;
  for (const next of packets) {
    if (endsPage) {
      yield page(false);
      continued = false;
    }
    for (let from = 0; from <= next.packet.length; from += 255) {
      if (lacing.length === 255) {
        yield page(false);
        continued = from > 0;
      }
      const part = next.packet.subarray(from, from + 255);
      lacing.push(part.length);
      body.push(part);
    }
    granule = BigInt(next.granule);
    endsPage = next.endsPage;
  }
  yield page(true);
}
