import { SAMPLE_RATE } from "../audio/format.ts";
import type { Hertz } from "../kernel/units.ts";

/** One way in which a body rings. */
export interface Mode {
  readonly frequency: Hertz;
  /** Seconds until it has fallen by 60 dB. */
  readonly t60: number;
  readonly gain: number;
}

/**
 * A struck body: a bank of decaying modes driven by a half-sine contact force
 * (van den Doel & Pai 1998, "The sounds of physical shapes").
 * @param contact seconds of contact: 0.5–1 ms for a nail, 2–3.5 ms for a finger's pad
 * @returns mono samples until the longest mode has fallen by 60 dB
 */
export const strike = (modes: readonly Mode[], contact: number, level = 1): Float32Array => {
  const longest = modes.reduce((most, mode) => Math.max(most, mode.t60), 0);
  const out = new Float32Array(Math.ceil((contact + longest) * SAMPLE_RATE));
  const push = Math.max(2, Math.round(contact * SAMPLE_RATE));
  for (const { frequency, t60, gain } of modes) {
    if (frequency > 0.45 * SAMPLE_RATE) continue;
    const decay = 10 ** (-3 / (t60 * SAMPLE_RATE));
    const w = (2 * Math.PI * frequency) / SAMPLE_RATE;
    const [a1, a2] = [2 * decay * Math.cos(w), -decay * decay];
    const drive = (level * gain * Math.sin(w) * Math.PI) / (2 * push);
    const end = Math.min(out.length, push + Math.ceil(t60 * SAMPLE_RATE));
    let [y1, y2] = [0, 0];
    for (let i = 0; i < end; i++) {
      const force = i < push ? drive * Math.sin((Math.PI * i) / push) : 0;
      const y = force + a1 * y1 + a2 * y2;
      // What is heard is how fast the surface moves: without the push itself, which would be a thud below every mode.
      out[i] = out[i]! + (y - y1) / w;
      y2 = y1;
      y1 = y;
    }
  }
  return out;
};

/** Adds a burst of noise that decays, as of skin or a nail on a surface; `low` and `high` in Hz. */
export const scuff = (
  out: Float32Array,
  random: () => number,
  { at = 0, length, low, high, level }: { at?: number; length: number; low: Hertz; high: Hertz; level: number },
): void => {
  const keepLow = Math.exp((-2 * Math.PI * high) / SAMPLE_RATE);
  const keepHigh = Math.exp((-2 * Math.PI * low) / SAMPLE_RATE);
  const from = Math.round(at * SAMPLE_RATE);
  const fall = Math.exp(-6.9 / (length * SAMPLE_RATE));
  let [smooth, base, envelope] = [0, 0, level];
  for (let i = from; i < Math.min(out.length, from + length * SAMPLE_RATE); i++) {
    smooth += (1 - keepLow) * (2 * random() - 1 - smooth);
    base += (1 - keepHigh) * (smooth - base);
    out[i] = out[i]! + envelope * Math.min(1, (i - from) / 12) * (smooth - base);
    envelope *= fall;
  }
};
