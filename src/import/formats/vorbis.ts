import { writeOggPages } from "../../audio/ogg.ts";
import { message } from "../../i18n/message.ts";
import { damagedFile } from "../refusals.ts";
import { decodeStream } from "./decodeStream.ts";
import { readOggStream } from "./oggStream.ts";
import { checkFormat, type PcmChunk, type PcmChunks } from "./pcmChunk.ts";

/** Packet types of the headers (Vorbis I, section 4.2.1). */
const [IDENTIFICATION, COMMENTS, SETUP] = [1, 3, 5];
/** A comment header without a vendor and without comments (Vorbis I, section 5.2.1). */
const NO_COMMENTS = Buffer.from("\u0003vorbis\0\0\0\0\0\0\0\0\u0001", "latin1");
/** Packets that cannot be decoded, and are stepped over. */
const FORGIVEN = 3;
/** Pages that are decoded at once. */
const BATCH = 50;

const openDecoder = async () => {
  const { OggVorbisDecoder } = await import("@wasm-audio-decoders/ogg-vorbis");
  return new OggVorbisDecoder();
};

/**
 * Decodes Vorbis packets. Comments are left out, and positions that a file claims are never read.
 * @param headers the identification and the setup header
 */
export async function* decodeVorbis(
  headers: { readonly identification: Uint8Array; readonly setup: Uint8Array },
  packets: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<PcmChunk> {
  const head = Buffer.from(headers.identification);
  if (head.length < 30) throw damagedFile(message("import.reasonOpusHeadCutOff"));
  checkFormat(head.readUInt32LE(12), head.readUInt8(11));
  // The decoder reads Ogg; positions would only serve to cut the end.
  const pages: { packet: Uint8Array; granule: number; endsPage: boolean }[] = [
    { packet: head, granule: 0, endsPage: true },
    { packet: NO_COMMENTS, granule: 0, endsPage: false },
    { packet: headers.setup, granule: 0, endsPage: true },
  ];
  for await (const packet of packets) pages.push({ packet, granule: Number.MAX_SAFE_INTEGER, endsPage: true });
  yield* decodeStream(openDecoder, batchesOf(writeOggPages(pages, 1)), FORGIVEN);
}

/** Joins pages, so that each call of the decoder is worth its while. */
function* batchesOf(pages: Iterable<Uint8Array>): Generator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  for (const page of pages) {
    waiting.push(page);
    if (waiting.length < BATCH) continue;
    yield Buffer.concat(waiting);
    waiting = [];
  }
  if (waiting.length > 0) yield Buffer.concat(waiting);
}

const isHeader = (packet: Uint8Array, type: number): boolean =>
  packet[0] === type && Buffer.from(packet.subarray(1, 7)).toString("latin1") === "vorbis";

/** Vorbis in Ogg. @throws UserError */
export const readVorbis = (bytes: Uint8Array): PcmChunks => {
  const { head: identification, packets } = readOggStream(bytes);
  let setup: Uint8Array | undefined;
  for (const packet of packets()) {
    setup = isHeader(packet, SETUP) ? packet : undefined;
    if (setup !== undefined || !isHeader(packet, COMMENTS)) break;
  }
  if (setup === undefined) throw damagedFile(message("import.reasonVorbisHeadersCutOff"));
  const sound = function* () {
    // Sound packets are even; headers are odd.
    for (const packet of packets()) if (packet.length > 0 && (packet[0] ?? 1) % 2 === 0) yield packet;
  };
  if (!isHeader(identification, IDENTIFICATION)) throw damagedFile(message("import.reasonVorbisHeadersMissing"));
  return decodeVorbis({ identification, setup }, sound());
};
