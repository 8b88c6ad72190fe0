import { readOggPackets } from "../../audio/ogg.ts";

/** Where the comments begin, by what stands before them (RFC 7845, section 5.2; Vorbis I, section 5). */
const MAGICS = ["OpusTags", "\u0003vorbis"];

/** Comments of an Ogg file: upper-case names to values. What is cut off or wrong is left out. */
export const oggComments = (beginning: Uint8Array): ReadonlyMap<string, string> => {
  const comments = new Map<string, string>();
  try {
    let index = 0;
    for (const packet of readOggPackets(beginning)) {
      if (index++ === 0) continue;
      const bytes = Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength);
      const magic = MAGICS.find((each) => bytes.toString("latin1", 0, each.length) === each);
      if (magic === undefined) break;
      const words = (at: number) => ({ at: at + 4, to: at + 4 + bytes.readUInt32LE(at) });
      let next = words(magic.length).to;
      const count = bytes.readUInt32LE(next);
      next += 4;
      for (let i = 0; i < count; i++) {
        const { at, to } = words(next);
        const [, name, value] = /^([ -<>-}]+)=(.*)$/s.exec(bytes.toString("utf8", at, to)) ?? [];
        if (name !== undefined && value !== undefined && !comments.has(name.toUpperCase()))
          comments.set(name.toUpperCase(), value);
        next = to;
      }
      break;
    }
  } catch {
    // The sound is what counts; whether it is whole is seen when it is decoded.
  }
  return comments;
};
