import { message } from "../../i18n/message.ts";
import { damagedFile } from "../refusals.ts";
import { readOggStream } from "./oggStream.ts";
import { checkFormat, createChunker, type PcmChunk, type PcmChunks } from "./pcmChunk.ts";

/** At most 120 ms each: six seconds. */
const PACKETS = 50;
/** Packets that are stepped over where they cannot be decoded. */
const FORGIVEN = 3;

/** Channels, from the identification header (RFC 7845, section 5.1). @throws UserError */
const channelsOf = (head: Uint8Array): number => {
  const [channels, family] = [head[9], head[18]];
  if (channels === undefined || family === undefined) throw damagedFile(message("import.reasonOpusHeadCutOff"));
  checkFormat(48_000, channels);
  // Family 1 with one or two channels is laid out as family 0 is.
  if (family > 1) throw damagedFile(message("import.reasonOpusChannelMapping"));
  return channels;
};

/**
 * Decodes Opus packets of any length. Positions that a file claims are never read: what is decoded
 * is what counts.
 * @param packets without the two headers
 */
export async function* decodeOpus(
  packets: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  channels: number,
): AsyncGenerator<PcmChunk> {
  const { OpusDecoder } = await import("opus-decoder");
  const decoder = new OpusDecoder({ channels });
  await decoder.ready;
  const toChunk = createChunker();
  let waiting: Uint8Array[] = [];
  let errors = 0;
  const decode = () => {
    const decoded = decoder.decodeFrames(waiting);
    waiting = [];
    errors += decoded.errors.length;
    if (errors > FORGIVEN) throw damagedFile(message("import.reasonPartlyUndecodable"));
    return toChunk(decoded);
  };
  for await (const packet of packets) {
    if (packet.length === 0) continue;
    waiting.push(packet);
    if (waiting.length < PACKETS) continue;
    const chunk = decode();
    if (chunk !== undefined) yield chunk;
  }
  const last = decode();
  if (last !== undefined) yield last;
  decoder.free();
}

/** Whether a packet is a header: no sound begins with these eight letters. */
const isHeader = (packet: Uint8Array): boolean =>
  /^Opus(Head|Tags)$/.test(Buffer.from(packet.subarray(0, 8)).toString("latin1"));

/** Opus in Ogg (RFC 7845). @throws UserError */
export const readOpus = (bytes: Uint8Array): PcmChunks => {
  const { head, packets } = readOggStream(bytes);
  const sound = function* () {
    for (const packet of packets()) if (!isHeader(packet)) yield packet;
  };
  return decodeOpus(sound(), channelsOf(head));
};
