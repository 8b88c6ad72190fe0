import { SAMPLE_RATE } from "../audio/format.ts";
import type { Decibels, Hertz } from "../kernel/units.ts";
import type { Shape } from "./blocks.ts";

type Kind = "low" | "high" | "band" | "peak" | "lowShelf" | "highShelf";

/** A filter that can be tuned while it runs. */
export interface Biquad extends Shape {
  tune(frequency: Hertz, q?: number, gain?: Decibels): void;
}

/** Robert Bristow-Johnson's cookbook filters; "band" has unity gain at its centre. */
export const biquad = (kind: Kind, frequency: Hertz, q = Math.SQRT1_2, gain: Decibels = 0): Biquad => {
  const c = new Float64Array(5);
  const state = new Float64Array(2);
  const run: Shape = (block) => {
    const [b0, b1, b2, a1, a2] = c as unknown as [number, number, number, number, number];
    let s1 = state[0]!;
    let s2 = state[1]!;
    for (let i = 0; i < block.length; i++) {
      const x = block[i]!;
      const y = b0 * x + s1;
      s1 = b1 * x - a1 * y + s2;
      s2 = b2 * x - a2 * y;
      block[i] = y;
    }
    state[0] = s1;
    state[1] = s2;
  };
  const tune = (f: Hertz, width = q, db = gain) => {
    const w = (2 * Math.PI * Math.min(f, 0.49 * SAMPLE_RATE)) / SAMPLE_RATE;
    const [cos, alpha, a] = [Math.cos(w), Math.sin(w) / (2 * width), 10 ** (db / 40)];
    const root = 2 * Math.sqrt(a) * alpha;
    const set = (b0: number, b1: number, b2: number, a0: number, a1: number, a2: number) =>
      c.set([b0 / a0, b1 / a0, b2 / a0, a1 / a0, a2 / a0]);
    const shelf = (s: 1 | -1) =>
      set(
        a * (a + 1 - s * (a - 1) * cos + root),
        s * 2 * a * (a - 1 - s * (a + 1) * cos),
        a * (a + 1 - s * (a - 1) * cos - root),
        a + 1 + s * (a - 1) * cos + root,
        s * -2 * (a - 1 + s * (a + 1) * cos),
        a + 1 + s * (a - 1) * cos - root,
      );
    if (kind === "low") set((1 - cos) / 2, 1 - cos, (1 - cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
    else if (kind === "high") set((1 + cos) / 2, -1 - cos, (1 + cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
    else if (kind === "band") set(alpha, 0, -alpha, 1 + alpha, -2 * cos, 1 - alpha);
    else if (kind === "peak") set(1 + alpha * a, -2 * cos, 1 - alpha * a, 1 + alpha / a, -2 * cos, 1 - alpha / a);
    else shelf(kind === "lowShelf" ? 1 : -1);
  };
  tune(frequency);
  return Object.assign(run, { tune });
};

/** A second-order low-pass; Butterworth unless another Q is given. */
export const lowPass = (frequency: Hertz, q?: number): Biquad => biquad("low", frequency, q);
/** A second-order high-pass; Butterworth unless another Q is given. */
export const highPass = (frequency: Hertz, q?: number): Biquad => biquad("high", frequency, q);
/** A second-order band-pass of 0 dB at its centre frequency. */
export const bandPass = (frequency: Hertz, q: number): Biquad => biquad("band", frequency, q);

/** First-order low-pass: −6 dB an octave. */
export const softLowPass = (frequency: Hertz): Shape => {
  const keep = Math.exp((-2 * Math.PI * frequency) / SAMPLE_RATE);
  const state = new Float64Array(1);
  return (block) => {
    let y = state[0]!;
    for (let i = 0; i < block.length; i++) {
      y += (1 - keep) * (block[i]! - y);
      block[i] = y;
    }
    state[0] = y;
  };
};

/** One filter after another. */
export const chain =
  (...shapes: readonly Shape[]): Shape =>
  (block) => {
    for (const shape of shapes) shape(block);
  };
