/**
 * Length of an ID3v2 tag at the beginning, 0 where there is none (id3.org, ID3v2.4, section 3.1).
 */
export const id3Length = (bytes: Uint8Array): number => {
  if (bytes.length < 10 || bytes[0] !== 0x49 || bytes[1] !== 0x44 || bytes[2] !== 0x33) return 0;
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(6, 10);
  if (((a | b | c | d) & 0x80) !== 0) return 0;
  const footer = ((bytes[5] ?? 0) & 0x10) !== 0 ? 10 : 0;
  return 10 + (a << 21) + (b << 14) + (c << 7) + d + footer;
};
