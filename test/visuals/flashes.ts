/** Relative luminance by WCAG 2.2, and how saturated a red is: the two things whose changes count as flashes. */
export interface Seen {
  readonly luminance: number;
  /** (R − G − B) × 320 of linear light where R is four fifths of all or more; otherwise 0. */
  readonly red: number;
}

/** Parts a side: a part is far smaller than the quarter of the field of vision that counts. */
const PARTS = 8;

const LINEAR = Float64Array.from({ length: 256 }, (_, value) => {
  const encoded = value / 255;
  return encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4;
});

/** What is seen of a picture: of the whole first, then of each part. @param rgb from 0 to 255, row by row */
export const seenIn = (rgb: Uint8Array, size: number): readonly Seen[] => {
  const sums = new Float64Array((PARTS * PARTS + 1) * 3);
  for (let row = 0, at = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const part = 1 + Math.floor((row * PARTS) / size) * PARTS + Math.floor((column * PARTS) / size);
      for (let channel = 0; channel < 3; channel++, at++) sums[part * 3 + channel]! += LINEAR[rgb[at]!]!;
    }
  for (let at = 3; at < sums.length; at++) sums[at % 3]! += sums[at]!;
  return Array.from({ length: PARTS * PARTS + 1 }, (_, part) => {
    const pixels = (size * size) / (part === 0 ? 1 : PARTS * PARTS);
    const [r = 0, g = 0, b = 0] = sums.subarray(part * 3, part * 3 + 3).map((sum) => sum / pixels);
    return { luminance: 0.2126 * r + 0.7152 * g + 0.0722 * b, red: r >= 0.8 * (r + g + b) ? 320 * (r - g - b) : 0 };
  });
};

/** Changes that count as half a flash: of relative luminance (WCAG 2.2, "general flash"), and of red ("red flash"). */
export const FLASH = { luminance: 0.1, red: 20 } as const;

/**
 * The most flashes in any second: pairs of opposing changes of a size.
 * @param course a value for each picture
 * @param rate pictures a second
 * @param size of a change that counts
 */
export const mostFlashes = (course: ArrayLike<number>, rate: number, size: number): number => {
  const changes: number[] = [];
  // Since the last change that counted, and the way that it went.
  let [lowest, highest, direction, most] = [course[0]!, course[0]!, 0, 0];
  for (let index = 0; index < course.length; index++) {
    const value = course[index]!;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
    const turned = direction <= 0 && value - lowest >= size ? 1 : direction >= 0 && highest - value >= size ? -1 : 0;
    if (turned === 0) continue;
    [lowest, highest, direction] = [value, value, turned];
    changes.push(index);
    while (changes[0]! <= index - rate) changes.shift();
    most = Math.max(most, changes.length / 2);
  }
  return most;
};

/** How much a value changes in any stretch of a length, at most. @param length in pictures */
export const mostChange = (course: ArrayLike<number>, length: number): number => {
  let most = 0;
  for (let from = 0; from < course.length; from++) {
    const end = Math.min(course.length, from + length + 1);
    for (let to = from + 1; to < end; to++) most = Math.max(most, Math.abs(course[to]! - course[from]!));
  }
  return most;
};
