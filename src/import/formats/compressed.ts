import { FLACDecoder } from "@wasm-audio-decoders/flac";
import { OggVorbisDecoder } from "@wasm-audio-decoders/ogg-vorbis";
import { MPEGDecoder } from "mpg123-decoder";
import { readOggPackets } from "../../audio/ogg.ts";
import { message } from "../../i18n/message.ts";
import { damagedFile } from "../refusals.ts";
import { id3Length } from "./mpeg.ts";
import { checkFormat, createChunker, type PcmChunks } from "./pcmChunk.ts";

interface Decoded {
  readonly channelData: readonly Float32Array[];
  readonly samplesDecoded: number;
  readonly sampleRate: number;
  readonly errors: readonly unknown[];
}

/** A decoder in WebAssembly: nothing that it does wrong leaves its own memory. */
interface StreamDecoder {
  readonly ready: Promise<void>;
  decode(bytes: Uint8Array): Decoded | Promise<Decoded>;
  flush?(): Promise<Decoded>;
  free(): void;
}

/** Two kilobytes of FLAC silence are up to 30 MB of samples; of the others a page or a few frames. */
const [FLAC_CHUNK, CHUNK] = [2_048, 8_192];

async function* decodeStream(
  decoder: StreamDecoder,
  bytes: Uint8Array,
  { chunk, forgiven }: { readonly chunk: number; readonly forgiven: number },
) {
  await decoder.ready;
  const pieceOf = createChunker();
  let errors = 0;
  const checked = (decoded: Decoded) => {
    errors += decoded.errors.length;
    if (errors > forgiven) throw damagedFile(message("import.reasonPartlyUndecodable"));
    return pieceOf(decoded);
  };
  for (let at = 0; at < bytes.length; at += chunk) {
    const piece = checked(await decoder.decode(bytes.subarray(at, at + chunk)));
    if (piece !== undefined) yield piece;
  }
  const last = decoder.flush && checked(await decoder.flush());
  if (last !== undefined) yield last;
  decoder.free();
}

/** MPEG-1 and -2, layers I to III. Tags are stepped over unread. A broken frame now and then is what radio recordings have. */
export const readMp3 = (bytes: Uint8Array): PcmChunks => {
  const tag = id3Length(bytes);
  if (tag >= bytes.length) throw damagedFile(message("import.reasonNothingAfterTag"));
  return decodeStream(new MPEGDecoder(), bytes.subarray(tag), { chunk: CHUNK, forgiven: 3 });
};

const beginningOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64));

export const readFlac = (bytes: Uint8Array): PcmChunks => {
  const stream = bytes.subarray(id3Length(bytes));
  if (stream.length < 42) throw damagedFile(message("import.reasonOpusHeadCutOff"));
  // STREAMINFO is always first (RFC 9639, section 8.2): 20 bits of rate, 3 of channels less one.
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const format = view.getUint32(18);
  checkFormat(format >>> 12, ((format >>> 9) & 7) + 1);
  return decodeStream(new FLACDecoder(), stream, { chunk: FLAC_CHUNK, forgiven: 0 });
};

/** Ogg Vorbis of one stream, checked page by page before any of it is decoded. @throws UserError */
export const readVorbis = (bytes: Uint8Array): PcmChunks => {
  let first: Buffer | undefined;
  for (const packet of readOggPackets(bytes)) first ??= beginningOf(packet);
  if (first === undefined || first.length < 30) throw damagedFile(message("import.reasonOpusHeadCutOff"));
  checkFormat(first.readUInt32LE(12), first[11]!);
  return decodeStream(new OggVorbisDecoder(), bytes, { chunk: CHUNK, forgiven: 0 });
};
