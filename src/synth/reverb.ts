import { type Frame, SAMPLE_RATE } from "../audio/format.ts";

/** Delays in seconds of a small furnished room; no two share a divisor. */
const DELAYS = [0.0113, 0.0149, 0.0191, 0.0233];

/**
 * A little room around what is close: a feedback delay network of four lines (Jot 1991) that adds itself to the frame.
 * @param t60 seconds until it has fallen by 60 dB
 * @param wet linear level of the room against the sound
 * @param damping 0 (bright) to 1 (dull)
 * @param size 1 for a small room, 4 for a cave
 */
export const reverb = (t60: number, wet: number, damping = 0.5, size = 1): ((frame: Frame) => void) => {
  const delays = DELAYS.map((seconds) => seconds * size);
  const lines = delays.map((seconds) => new Float32Array(Math.round(seconds * SAMPLE_RATE)));
  const gains = delays.map((seconds) => 10 ** ((-3 * seconds) / t60));
  const low = new Float64Array(4);
  const at = new Int32Array(4);
  const [l0, l1, l2, l3] = lines as [Float32Array, Float32Array, Float32Array, Float32Array];
  const tap = (line: Float32Array, index: number): number => {
    const out = line[at[index]!]!;
    low[index] = low[index]! + (1 - damping) * (out - low[index]!);
    return gains[index]! * low[index]!;
  };
  return ({ left, right }) => {
    for (let i = 0; i < left.length; i++) {
      const [a, b, c, d] = [tap(l0, 0), tap(l1, 1), tap(l2, 2), tap(l3, 3)];
      const half = (a + b + c + d) / 2;
      l0[at[0]!] = left[i]! + a - half;
      l1[at[1]!] = right[i]! + b - half;
      l2[at[2]!] = right[i]! + c - half;
      l3[at[3]!] = left[i]! + d - half;
      for (let n = 0; n < 4; n++) at[n] = (at[n]! + 1) % lines[n]!.length;
      left[i] = left[i]! + wet * (a + c);
      right[i] = right[i]! + wet * (b + d);
    }
  };
};
