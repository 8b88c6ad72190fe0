import { readOggStream } from "./oggStream.ts";

/** What stands before the comments (RFC 7845, section 5.2; Vorbis I, section 5). */
const MAGICS = ["OpusTags", "\u0003vorbis"];

/** The comments of a packet. @throws RangeError where they are cut off */
function* commentsIn(packet: Uint8Array, from: number): Generator<string> {
  const bytes = Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength);
  const end = (at: number) => at + 4 + bytes.readUInt32LE(at);
  let at = end(from);
  const count = bytes.readUInt32LE(at);
  at += 4;
  for (let i = 0; i < count; i++) {
    const next = end(at);
    yield bytes.toString("utf8", at + 4, next);
    at = next;
  }
}

/**
 * Comments of an Ogg file, from its beginning: upper-case names to values. What is cut off or wrong
 * is left out.
 */
export const oggComments = (beginning: Uint8Array): ReadonlyMap<string, string> => {
  const comments = new Map<string, string>();
  try {
    const { value: packet } = readOggStream(beginning).packets().next();
    const magic =
      packet && MAGICS.find((each) => Buffer.from(packet.subarray(0, 8)).toString("latin1").startsWith(each));
    if (!packet || magic === undefined) return comments;
    for (const comment of commentsIn(packet, magic.length)) {
      const [, name, value] = /^([ -<>-}]+)=(.*)$/s.exec(comment) ?? [];
      if (name !== undefined && value !== undefined && !comments.has(name.toUpperCase()))
        comments.set(name.toUpperCase(), value);
    }
  } catch {
    // The sound is what counts; whether it is whole is seen when it is decoded.
  }
  return comments;
};
