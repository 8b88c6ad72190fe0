import { OpusDecoder } from "opus-decoder";
import { readOggPackets } from "../../audio/ogg.ts";
import { message } from "../../i18n/message.ts";
import { damagedFile } from "../refusals.ts";
import { checkFormat, createChunker, type PcmChunks } from "./pcmChunk.ts";

/** At most 120 ms each: six seconds. */
const PACKETS = 50;

/** Channels, from the identification header (RFC 7845, section 5.1). */
const channelsOf = (head: Uint8Array | undefined): number => {
  if (head === undefined || head.length < 19) throw damagedFile(message("import.reasonOpusHeadCutOff"));
  checkFormat(48_000, head[9]!);
  if (head[18] !== 0) throw damagedFile(message("import.reasonOpusChannelMapping"));
  return head[9]!;
};

/**
 * Decodes Opus packets of any length. Positions that a file claims are never read: what is decoded is what counts.
 * @param packets without the two headers
 */
export async function* decodeOpus(packets: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, channels: number) {
  const decoder = new OpusDecoder({ channels });
  await decoder.ready;
  const pieceOf = createChunker();
  let waiting: Uint8Array[] = [];
  const decode = () => {
    const decoded = decoder.decodeFrames(waiting);
    waiting = [];
    if (decoded.errors.length > 0) throw damagedFile(message("import.reasonPartlyUndecodable"));
    return pieceOf(decoded);
  };
  for await (const packet of packets) {
    if (packet.length === 0) continue;
    waiting.push(packet);
    if (waiting.length < PACKETS) continue;
    const piece = decode();
    if (piece !== undefined) yield piece;
  }
  const last = decode();
  if (last !== undefined) yield last;
  decoder.free();
}

function* soundPackets(bytes: Uint8Array): Generator<Uint8Array> {
  let index = 0;
  for (const packet of readOggPackets(bytes)) if (index++ >= 2) yield packet;
}

/** Ogg Opus of one stream, checked page by page before any of it is decoded. @throws UserError */
export const readOpus = (bytes: Uint8Array): PcmChunks => {
  let head: Uint8Array | undefined;
  for (const packet of readOggPackets(bytes)) head ??= packet;
  return decodeOpus(soundPackets(bytes), channelsOf(head));
};
