/**
 * Fourier transform in place (radix 2, Cooley–Tukey).
 * @param re real parts; their number is a power of two
 * @param im imaginary parts, as many
 */
export const fft = (re: Float64Array, im: Float64Array): void => {
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
  for (let size = 2; size <= n; size <<= 1) {
    const half = size >> 1;
    const [stepRe, stepIm] = [Math.cos((2 * Math.PI) / size), -Math.sin((2 * Math.PI) / size)];
    let [wRe, wIm] = [1, 0];
    for (let offset = 0; offset < half; offset++) {
      for (let k = offset; k < n; k += size) {
        const xRe = re[k + half]! * wRe - im[k + half]! * wIm;
        const xIm = re[k + half]! * wIm + im[k + half]! * wRe;
        re[k + half] = re[k]! - xRe;
        im[k + half] = im[k]! - xIm;
        re[k] = re[k]! + xRe;
        im[k] = im[k]! + xIm;
      }
      const turned = wRe * stepRe - wIm * stepIm;
      wIm = wRe * stepIm + wIm * stepRe;
      wRe = turned;
    }
  }
};
