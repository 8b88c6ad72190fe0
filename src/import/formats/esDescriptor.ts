/** Tags of ISO 14496-1, table 1, and the bytes of each before the descriptors within. */
const WITHIN: Readonly<Record<number, number>> = { 3: 3, 4: 13 };
const DECODER_SPECIFIC = 5;

/**
 * The AudioSpecificConfig within an ES descriptor (ISO 14496-1, 7.2.6), or what was given where it
 * is none: some writers store the configuration bare.
 */
export const audioSpecificConfig = (cookie: Uint8Array): Uint8Array => {
  // Apple puts the descriptor into an `esds` box, or leaves the box out.
  let at = cookie[0] === 3 ? 0 : Buffer.from(cookie).indexOf(Buffer.of(3));
  if (at < 0) return cookie;
  for (let depth = 0; depth < 4; depth++) {
    const tag = cookie[at];
    if (tag === undefined) return cookie;
    let length = 0;
    do {
      at += 1;
      length = length * 128 + ((cookie[at] ?? 0) & 0x7f);
    } while ((cookie[at] ?? 0) >= 0x80);
    at += 1;
    if (tag === DECODER_SPECIFIC) return cookie.subarray(at, at + length);
    const skip = WITHIN[tag];
    if (skip === undefined) return cookie;
    at += skip;
  }
  return cookie;
};
