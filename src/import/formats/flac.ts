import { message } from "../../i18n/message.ts";
import { damagedFile } from "../refusals.ts";
import { decodeStream, partsOf } from "./decodeStream.ts";
import { readOggStream } from "./oggStream.ts";
import { checkFormat, type PcmChunks } from "./pcmChunk.ts";

/** Two kilobytes of FLAC silence are up to 30 MB of samples. */
const PART = 2_048;
/** `fLaC`, a block header, and STREAMINFO (RFC 9639, sections 6 and 8.2). */
const HEAD_BYTES = 42;
const LAST_BLOCK = 0x80;

const openDecoder = async () => {
  const { FLACDecoder } = await import("@wasm-audio-decoders/flac");
  return new FLACDecoder();
};

/** STREAMINFO is always first: 20 bits of rate, 3 of channels less one. @throws UserError */
const checkStreamInfo = (head: Uint8Array): void => {
  if (head.length < HEAD_BYTES) throw damagedFile(message("import.reasonOpusHeadCutOff"));
  const format = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(18);
  checkFormat(format >>> 12, ((format >>> 9) & 7) + 1);
};

/** A head with no other metadata blocks after STREAMINFO: covers and tags are not read. */
const bareHead = (head: Uint8Array): Uint8Array => {
  checkStreamInfo(head);
  const bare = head.slice(0, HEAD_BYTES);
  bare[4] = LAST_BLOCK;
  return bare;
};

/** Where the metadata blocks end. @throws UserError where they do not */
const framesBegin = (bytes: Uint8Array): number => {
  for (let at = 4; at + 4 <= bytes.length; ) {
    const [kind = 0, a = 0, b = 0, c = 0] = bytes.subarray(at, at + 4);
    at += 4 + (a << 16) + (b << 8) + c;
    if (kind >= LAST_BLOCK) return at;
  }
  throw damagedFile(message("import.reasonEndsBeforeSound"));
};

/** Native FLAC. @throws UserError */
export const readFlac = (bytes: Uint8Array): PcmChunks => {
  const head = bareHead(bytes);
  const frames = bytes.subarray(framesBegin(bytes));
  return decodeStream(openDecoder, [head, ...partsOf(frames, PART)], 0);
};

/** Decodes FLAC packets. @param head `fLaC` and STREAMINFO */
export async function* decodeFlac(
  head: Uint8Array,
  packets: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): PcmChunks & AsyncGenerator {
  const parts = async function* () {
    yield bareHead(head);
    for await (const packet of packets) yield* partsOf(packet, PART);
  };
  yield* decodeStream(openDecoder, parts(), 0);
}

/** FLAC in Ogg (RFC 9639, section 10.1). @throws UserError */
export const readOggFlac = (bytes: Uint8Array): PcmChunks => {
  const { head, packets } = readOggStream(bytes);
  const frames = function* () {
    // Frames begin with their sync code; all else is metadata.
    for (const packet of packets()) if (packet[0] === 0xff) yield packet;
  };
  return decodeFlac(head.subarray(9), frames());
};
