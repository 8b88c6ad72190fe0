import { CHANNELS, FRAME_SAMPLES, type Packet, SAMPLE_RATE } from "./format.ts";
import { readOggPackets, writeOggPages } from "./ogg.ts";
import { UnreadableSound } from "./unreadableSound.ts";

/** The identification header (RFC 7845, section 5.1). */
interface OpusHead {
  readonly channels: number;
  /** Decoded samples to drop at the beginning. */
  readonly preSkip: number;
  /** Gain a player should add, in decibels; Discord's clients do not know it. */
  readonly outputGainDb: number;
}

/** What an Ogg Opus file holds. */
export interface OggOpus {
  readonly head: OpusHead;
  readonly tags: OpusTags;
  readonly packets: readonly Packet[];
}

/**
 * Comments of an Ogg Opus file (RFC 7845, section 5.2): upper-case names to values, the first of
 * each name.
 */
export type OpusTags = ReadonlyMap<string, string>;

/**
 * Samples at 48 kHz that libopus holds back; what an encoder in its default mode writes as
 * pre-skip.
 */
const PRE_SKIP = 312;
const PACKETS_PER_PAGE = 50;

const notOggOpus = (why: string) =>
  new UnreadableSound("not-ogg-opus", `The file isn't an Ogg Opus file of Lull's: ${why}.`);

const magic = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 8)).toString("latin1");

const readHead = (bytes: Uint8Array): OpusHead => {
  if (magic(bytes) !== "OpusHead" || bytes.length < 19) throw notOggOpus("its sound isn't encoded as Opus");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(8) >> 4 !== 0) throw notOggOpus("its Opus version is unknown");
  const channels = view.getUint8(9);
  if (channels < 1 || channels > CHANNELS || view.getUint8(18) !== 0) throw notOggOpus("it has more than two channels");
  return { channels, preSkip: view.getUint16(10, true), outputGainDb: view.getInt16(16, true) / 256 };
};

const readTags = (bytes: Uint8Array): OpusTags => {
  if (magic(bytes) !== "OpusTags") throw notOggOpus("its comment header is missing");
  const stored = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tags = new Map<string, string>();
  let at = 8;
  const number = () => {
    if (at + 4 > stored.length) throw notOggOpus("its comment header is cut off");
    at += 4;
    return stored.readUInt32LE(at - 4);
  };
  const words = () => {
    const length = number();
    if (at + length > stored.length) throw notOggOpus("its comment header is cut off");
    at += length;
    return stored.toString("utf8", at - length, at);
  };
  words(); // the encoder's name
  // Each comment takes four bytes or more, so a false count ends at the end of the header.
  for (let left = number(); left > 0; left--) {
    const comment = words();
    const equals = comment.indexOf("=");
    const name = comment.slice(0, equals).toUpperCase();
    if (equals > 0 && !tags.has(name)) tags.set(name, comment.slice(equals + 1));
  }
  return tags;
};

/**
 * Samples of one frame at 48 kHz, by the configuration in the packet's first byte (RFC 6716,
 * section 3.1).
 */
const frameSamples = (configuration: number): number => {
  if (configuration < 12) return [480, 960, 1920, 2880][configuration & 3]!;
  if (configuration < 16) return [480, 960][configuration & 1]!;
  return [120, 240, 480, 960][configuration & 3]!;
};

/** Samples a channel that a decoder makes of a packet; 0 for one that is no Opus packet. */
const packetSamples = (packet: Packet): number => {
  const [toc, count] = packet;
  if (toc === undefined) return 0;
  const frames = [1, 2, 2, count === undefined ? 0 : count & 63][toc & 3]!;
  return frames * frameSamples(toc >> 3);
};

/**
 * Reads the two headers alone.
 * @param start the first bytes of a file, with both headers in them
 * @throws UnreadableSound that says what is wrong with them, or that they are cut off
 */
export const readOggOpusHeaders = (start: Uint8Array): Pick<OggOpus, "head" | "tags"> => {
  const packets = readOggPackets(start);
  const [head, tags] = [packets.next(), packets.next()];
  if (head.done || tags.done) throw notOggOpus("its headers are missing");
  return { head: readHead(head.value), tags: readTags(tags.value) };
};

/**
 * Reads an Ogg Opus file whose packets are of 20 ms each.
 * Pauses after every packet, so that a caller can let others run while a long file is read.
 * @throws UnreadableSound that says what is wrong and how to convert the file
 */
export function* readOggOpus(bytes: Uint8Array): Generator<undefined, OggOpus> {
  let head: OpusHead | undefined;
  let tags: OpusTags | undefined;
  const packets: Packet[] = [];
  for (const packet of readOggPackets(bytes)) {
    if (head === undefined) head = readHead(packet);
    else if (tags === undefined) tags = readTags(packet);
    else {
      const samples = packetSamples(packet);
      if (samples !== FRAME_SAMPLES) throw notOggOpus(`its packets are ${samples / 48} ms long, not 20 ms`);
      packets.push(packet);
    }
    yield;
  }
  if (head === undefined || tags === undefined) throw notOggOpus("its headers are missing");
  if (packets.length === 0) throw notOggOpus("it contains no sound");
  return { head, tags, packets };
}

const headPacket = (): Packet => {
  const bytes = Buffer.alloc(19);
  bytes.write("OpusHead", 0, "latin1");
  bytes[8] = 1;
  bytes[9] = CHANNELS;
  bytes.writeUInt16LE(PRE_SKIP, 10);
  bytes.writeUInt32LE(SAMPLE_RATE, 12);
  return bytes;
};

const tagsPacket = (tags: OpusTags): Packet => {
  const counted = (text: string) => {
    const bytes = Buffer.from(text, "utf8");
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const count = Buffer.alloc(4);
  count.writeUInt32LE(tags.size);
  const comments = [...tags].map(([name, value]) => counted(`${name}=${value}`));
  return Buffer.concat([Buffer.from("OpusTags", "latin1"), counted("lull"), count, ...comments]);
};

/** Writes the pages of an Ogg Opus file of 20 ms stereo packets, one second of sound per page. */
export const writeOggOpus = (packets: readonly Packet[], tags: OpusTags, serial: number): Iterable<Uint8Array> => {
  const headers = [headPacket(), tagsPacket(tags)].map((packet) => ({ packet, granule: 0, endsPage: true }));
  const sound = packets.map((packet, index) => ({
    packet,
    granule: (index + 1) * FRAME_SAMPLES,
    endsPage: index % PACKETS_PER_PAGE === PACKETS_PER_PAGE - 1,
  }));
  return writeOggPages([...headers, ...sound], serial);
};
