import { SAMPLE_RATE } from "../audio/format.ts";
import { prng } from "../kernel/random.ts";
import type { Hertz } from "../kernel/units.ts";
import type { Fill } from "./blocks.ts";

/** White noise, uniform in ±1. */
export const white = (seed: number): Fill => {
  const random = prng(seed);
  return (out) => {
    for (let i = 0; i < out.length; i++) out[i] = 2 * random() - 1;
  };
};

/** Pink noise of about ±1: −3 dB an octave within 0.05 dB above 9 Hz (Paul Kellet's refined filter, 1999). */
export const pink = (seed: number): Fill => {
  const fill = white(seed);
  const state = new Float64Array(7);
  return (out) => {
    fill(out);
    let [b0, b1, b2, b3, b4, b5, b6] = state as unknown as [number, number, number, number, number, number, number];
    for (let i = 0; i < out.length; i++) {
      const w = out[i]!;
      b0 = 0.99886 * b0 + w * 0.0555179;
      b1 = 0.99332 * b1 + w * 0.0750759;
      b2 = 0.969 * b2 + w * 0.153852;
      b3 = 0.8665 * b3 + w * 0.3104856;
      b4 = 0.55 * b4 + w * 0.5329522;
      b5 = -0.7616 * b5 - w * 0.016898;
      out[i] = 0.2 * (b0 + b1 + b2 + b3 + b4 + b5 + b6 + w * 0.5362);
      b6 = w * 0.115926;
    }
    state.set([b0, b1, b2, b3, b4, b5, b6]);
  };
};

/** Brown noise of about ±1: −6 dB an octave above the leak, below which it is flat. */
export const brown = (seed: number, leak: Hertz = 8): Fill => {
  const fill = white(seed);
  const state = new Float64Array(1);
  const keep = Math.exp((-2 * Math.PI * leak) / SAMPLE_RATE);
  const scale = Math.sqrt(1 - keep * keep);
  return (out) => {
    fill(out);
    let y = state[0]!;
    for (let i = 0; i < out.length; i++) {
      y = keep * y + scale * out[i]!;
      out[i] = y;
    }
    state[0] = y;
  };
};

/** Impulses at random moments, `rate` a second; amplitudes by `strength`. */
export const impulses = (seed: number, rate: number, strength: (random: () => number) => number): Fill => {
  const random = prng(seed);
  const wait = () => (-Math.log(1 - random()) * SAMPLE_RATE) / rate;
  const state = new Float64Array([wait()]);
  return (out) => {
    out.fill(0);
    let next = state[0]!;
    while (next < out.length) {
      const sign = random() < 0.5 ? -1 : 1;
      out[Math.floor(next)] = out[Math.floor(next)]! + sign * strength(random);
      next += wait();
    }
    state[0] = next - out.length;
  };
};

/** A Pareto-distributed number of 1 and more, cut at `cap`. */
export const pareto = (random: () => number, alpha: number, cap: number): number =>
  Math.min(cap, (1 - random()) ** (-1 / alpha));
