/** Power spectrum of real samples, whose count is a power of two; a Hann window is applied. Bins 0 to n/2. */
export const powerSpectrum = (samples: Float32Array): Float64Array => {
  const n = samples.length;
  const re = Float64Array.from(samples, (x, i) => x * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / n)));
  const im = new Float64Array(n);
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) [re[i], re[j]] = [re[j]!, re[i]!];
  }
  for (let size = 2; size <= n; size <<= 1) {
    const half = size >> 1;
    const [stepRe, stepIm] = [Math.cos((-2 * Math.PI) / size), Math.sin((-2 * Math.PI) / size)];
    for (let start = 0; start < n; start += size) {
      let [wRe, wIm] = [1, 0];
      for (let k = start; k < start + half; k++) {
        const xRe = re[k + half]! * wRe - im[k + half]! * wIm;
        const xIm = re[k + half]! * wIm + im[k + half]! * wRe;
        re[k + half] = re[k]! - xRe;
        im[k + half] = im[k]! - xIm;
        re[k] = re[k]! + xRe;
        im[k] = im[k]! + xIm;
        const turned = wRe * stepRe - wIm * stepIm;
        wIm = wRe * stepIm + wIm * stepRe;
        wRe = turned;
      }
    }
  }
  return Float64Array.from({ length: n / 2 + 1 }, (_, k) => re[k]! ** 2 + im[k]! ** 2);
};
