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

/**
 * Fourier-transforms complex numbers in place; the count of samples is a power of two. The inverse
 * is scaled by 1/n.
 */
export const fft = (real: Float64Array, imaginary: Float64Array, inverse = false): void => {
  // With both exchanged, the transform turns the other way.
  const [re, im] = inverse ? [imaginary, real] : [real, imaginary];
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
  const table = turnsOf(n);
  for (let size = 2; size <= n; size <<= 1) {
    const half = size >> 1;
    const step = (2 * n) / size;
    // Each block is read from its beginning to its end: a large transform outgrows the nearest cache.
    for (let from = 0; from < n; from += size) {
      for (let k = from, at = 0; at < n; k++, at += step) {
        const wRe = table[at]!;
        const wIm = table[at + 1]!;
        const oddRe = re[k + half]!;
        const oddIm = im[k + half]!;
        const xRe = oddRe * wRe - oddIm * wIm;
        const xIm = oddRe * wIm + oddIm * wRe;
        re[k + half] = re[k]! - xRe;
        im[k + half] = im[k]! - xIm;
        re[k] = re[k]! + xRe;
        im[k] = im[k]! + xIm;
      }
    }
  }
  if (!inverse) return;
  for (let i = 0; i < n; i++) {
    re[i] = re[i]! / n;
    im[i] = im[i]! / n;
  }
};
