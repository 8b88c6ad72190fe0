/** Cosine and negated sine, one after the other, of each part of a turn, by the count of parts. */
const turns = new Map<number, Float64Array>();

const turnsOf = (parts: number): Float64Array => {
  const known = turns.get(parts);
  if (known !== undefined) return known;
  const made = new Float64Array(parts);
  for (let part = 0; part < parts / 2; part++) {
    made[2 * part] = Math.cos((2 * Math.PI * part) / parts);
    made[2 * part + 1] = -Math.sin((2 * Math.PI * part) / parts);
  }
  turns.set(parts, made);
  return made;
};

/** Puts each number where the bits of its index say when they are read backwards. */
const reorder = (re: Float64Array, im: Float64Array): void => {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      const [r, m] = [re[i]!, im[i]!];
      re[i] = re[j]!;
      im[i] = im[j]!;
      re[j] = r;
      im[j] = m;
    }
  }
};

/** Joins transforms of one number each by two: nothing turns. */
const joinNeighbours = (re: Float64Array, im: Float64Array): void => {
  for (let k = 0; k + 1 < re.length; k += 2) {
    const oddRe = re[k + 1]!;
    const oddIm = im[k + 1]!;
    re[k + 1] = re[k]! - oddRe;
    im[k + 1] = im[k]! - oddIm;
    re[k] = re[k]! + oddRe;
    im[k] = im[k]! + oddIm;
  }
};

/** Joins transforms of a size by four: two steps of joining by two, for which each number is read and written once. */
const joinFours = (re: Float64Array, im: Float64Array, size: number): void => {
  const n = re.length;
  const table = turnsOf(n);
  const step = n / size;
  // Each block is read from its beginning to its end: a large transform outgrows the nearest cache.
  for (let from = 0; from < n; from += 4 * size) {
    for (let a = from, at = 0; at < n; a++, at += step) {
      const b = a + size;
      const c = b + size;
      const d = c + size;
      // The first step turns both pairs alike.
      const wRe = table[at]!;
      const wIm = table[at + 1]!;
      const bRe = re[b]! * wRe - im[b]! * wIm;
      const bIm = re[b]! * wIm + im[b]! * wRe;
      const dRe = re[d]! * wRe - im[d]! * wIm;
      const dIm = re[d]! * wIm + im[d]! * wRe;
      const firstSumRe = re[a]! + bRe;
      const firstSumIm = im[a]! + bIm;
      const firstRestRe = re[a]! - bRe;
      const firstRestIm = im[a]! - bIm;
      const otherSumRe = re[c]! + dRe;
      const otherSumIm = im[c]! + dIm;
      const otherRestRe = re[c]! - dRe;
      const otherRestIm = im[c]! - dIm;
      // The second turns by half as much, and by a quarter of a turn more.
      const half = at >> 1;
      const vRe = table[half]!;
      const vIm = table[half + 1]!;
      const uRe = table[half + (n >> 1)]!;
      const uIm = table[half + (n >> 1) + 1]!;
      const xRe = otherSumRe * vRe - otherSumIm * vIm;
      const xIm = otherSumRe * vIm + otherSumIm * vRe;
      const yRe = otherRestRe * uRe - otherRestIm * uIm;
      const yIm = otherRestRe * uIm + otherRestIm * uRe;
      re[a] = firstSumRe + xRe;
      im[a] = firstSumIm + xIm;
      re[b] = firstRestRe + yRe;
      im[b] = firstRestIm + yIm;
      re[c] = firstSumRe - xRe;
      im[c] = firstSumIm - xIm;
      re[d] = firstRestRe - yRe;
      im[d] = firstRestIm - yIm;
    }
  }
};

/**
 * Fourier-transforms complex numbers in place; the count of samples is a power of two. The inverse
 * is scaled by 1/n.
 */
export const fft = (real: Float64Array, imaginary: Float64Array, inverse = false): void => {
  // With both exchanged, the transform turns the other way.
  const [re, im] = inverse ? [imaginary, real] : [real, imaginary];
  const n = re.length;
  reorder(re, im);
  const isOdd = Math.log2(n) % 2 === 1;
  if (isOdd) joinNeighbours(re, im);
  for (let size = isOdd ? 2 : 1; size < n; size *= 4) joinFours(re, im, size);
  if (!inverse) return;
  for (let i = 0; i < n; i++) {
    re[i] = re[i]! / n;
    im[i] = im[i]! / n;
  }
};
