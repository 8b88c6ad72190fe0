import { message } from "../../i18n/message.ts";
import { damagedFile } from "../refusals.ts";
import { createChunker, type Decoded, type PcmChunk } from "./pcmChunk.ts";

interface DecodedStream extends Decoded {
  readonly errors: readonly unknown[];
}

/** A decoder in WebAssembly: nothing it does wrong leaves its own memory. */
export interface StreamDecoder {
  readonly ready: Promise<void>;
  decode(bytes: Uint8Array): DecodedStream | Promise<DecodedStream>;
  flush?(): Promise<DecodedStream>;
  free(): void;
}

/** Cuts bytes into parts of a length. */
export function* partsOf(bytes: Uint8Array, length: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

/**
 * Decodes a stream of one format, part by part.
 * @param open loads the decoder: a process that reads one file needs one of them, and loading all takes longer than
 *   most files
 * @param forgiven errors that are stepped over, as players do
 * @throws UserError when there are more
 */
export async function* decodeStream(
  open: () => Promise<StreamDecoder>,
  parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  forgiven: number,
): AsyncGenerator<PcmChunk> {
  const decoder = await open();
  await decoder.ready;
  const toChunk = createChunker();
  let errors = 0;
  const checked = (decoded: DecodedStream): PcmChunk | undefined => {
    errors += decoded.errors.length;
    if (errors > forgiven) throw damagedFile(message("import.reasonPartlyUndecodable"));
    return toChunk(decoded);
  };
  for await (const part of parts) {
    const chunk = checked(await decoder.decode(part));
    if (chunk !== undefined) yield chunk;
  }
  const last = decoder.flush && checked(await decoder.flush());
  if (last !== undefined) yield last;
  decoder.free();
}
