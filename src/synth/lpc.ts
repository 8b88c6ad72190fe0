import type { Hertz } from "../kernel/units.ts";

/** What the throat and mouth do to a sound, without the voice that goes through them. */
export interface Tract {
  /** Coefficients of A(z), the first of them 1. */
  readonly a: Float64Array;
  /** Amplitude of what excites it, of white noise of deviation 1. */
  readonly gain: number;
  /** Periodicity, 0 to 1: the highest autocorrelation of a voice's periods over that of no delay. */
  readonly voiced: number;
}

/**
 * Linear prediction by autocorrelation (Makhoul 1975, "Linear prediction: a tutorial review") with a lag window (Tohkura, Itakura & Hashimoto
 * 1978), which widens formants that are too sharp.
 * @param spread deviation of the lag window
 */
export const createPredictor = (size: number, order: number, rate: Hertz, spread: Hertz) => {
  const window = Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / size));
  const power = window.reduce((sum, w) => sum + w * w, 0);
  const lag = Float64Array.from({ length: order + 1 }, (_, i) =>
    Math.exp(-0.5 * ((2 * Math.PI * spread * i) / rate) ** 2),
  );
  const frame = new Float64Array(size);
  const [shortest, longest] = [Math.floor(rate / 400), Math.min(size - 60, Math.ceil(rate / 70))];

  const correlation = (delay: number): number => {
    let sum = 0;
    for (let i = delay; i < size; i++) sum += frame[i]! * frame[i - delay]!;
    return sum;
  };
  /** What the window takes from a delayed product. */
  const share = Float64Array.from({ length: longest + 1 }, (_, delay) => {
    let sum = 0;
    for (let i = delay; i < size; i++) sum += window[i]! * window[i - delay]!;
    return sum / power;
  });

  /** @param from index of the frame's first sample; what lies outside is silence */
  return (samples: Float32Array, from: number): Tract => {
    for (let i = 0; i < size; i++) frame[i] = (samples[from + i] ?? 0) * window[i]!;
    const a = new Float64Array(order + 1);
    a[0] = 1;
    const energy = correlation(0);
    if (energy < 1e-9) return { a, gain: 0, voiced: 0 };
    const r = Float64Array.from({ length: order + 1 }, (_, i) =>
      i === 0 ? energy * 1.00001 : correlation(i) * lag[i]!,
    );
    let error = r[0]!;
    const last = new Float64Array(order + 1);
    for (let i = 1; i <= order; i++) {
      let sum = r[i]!;
      for (let j = 1; j < i; j++) sum += a[j]! * r[i - j]!;
      const k = -sum / error;
      last.set(a);
      for (let j = 1; j < i; j++) a[j] = last[j]! + k * last[i - j]!;
      a[i] = k;
      error *= 1 - k * k;
    }
    let most = 0;
    for (let delay = shortest; delay <= longest; delay += 1) most = Math.max(most, correlation(delay) / share[delay]!);
    return { a, gain: Math.sqrt(Math.max(0, error) / power), voiced: Math.min(1, most / energy) };
  };
};
