/** A chunk of a RIFF or IFF file. */
export interface IffChunk {
  /** Its four letters. */
  readonly name: string;
  readonly from: number;
  /** Never beyond the file, whatever the chunk claims. */
  readonly to: number;
}

/** The four letters at an offset; empty where the file ends before. */
export const fourLetters = (view: DataView, at: number): string =>
  at + 4 > view.byteLength ? "" : String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));

const isName = (view: DataView, at: number): boolean => /^[A-Za-z0-9 _©-]{4}$/.test(fourLetters(view, at));

/** Whether chunks follow one another from `at` to the end of the file: then `at` is between two. */
const chunksFollow = (view: DataView, at: number, littleEndian: boolean): boolean => {
  let next = at;
  while (next + 8 <= view.byteLength && isName(view, next)) {
    const length = view.getUint32(next + 4, littleEndian);
    next += 8 + length + (length & 1);
  }
  return next > at && next >= view.byteLength && next <= view.byteLength + 1;
};

/**
 * The chunks of a RIFF or IFF file (EA IFF 85). What players forgive is forgiven: a length beyond
 * the file ends with it; a length of 0 or 0xFFFFFFFF, as a recorder leaves it that lost its power,
 * goes to the end of the file; and the padding after an odd length may be missing.
 * @param sound name of the chunk that holds the sound
 * @param soundLength its length where another chunk says it, as `ds64` does in RF64
 */
export function* readIffChunks(
  view: DataView,
  littleEndian: boolean,
  sound: string,
  soundLength: () => number | undefined = () => undefined,
): Generator<IffChunk> {
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const name = fourLetters(view, at);
    const from = at + 8;
    const claimed = view.getUint32(at + 4, littleEndian);
    let length = claimed;
    if (name === sound && claimed === 0xffffffff) length = soundLength() ?? view.byteLength;
    if (name === sound && claimed === 0 && !chunksFollow(view, from, littleEndian)) length = view.byteLength;
    yield { name, from, to: Math.min(view.byteLength, from + length) };
    at = from + length;
    if (length % 2 === 1 && !isName(view, at)) at += 1;
  }
}
