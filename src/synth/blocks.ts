/** Fills a block of mono samples, any number of them. */
export type Fill = (out: Float32Array) => void;
/** Changes a block of mono samples in place. */
export type Shape = (block: Float32Array) => void;

/** Adds a block, scaled by a linear gain, to another of the same length. */
export const addTo = (out: Float32Array, block: Float32Array, gain = 1): void => {
  for (let i = 0; i < out.length; i++) out[i] = out[i]! + gain * block[i]!;
};

/** Scales a block by a gain that moves evenly from `from` to `to`. */
export const ramp = (block: Float32Array, from: number, to: number): void => {
  const step = (to - from) / block.length;
  for (let i = 0; i < block.length; i++) block[i] = block[i]! * (from + step * i);
};
