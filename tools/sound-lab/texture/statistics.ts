import { fft } from "../../../src/audio/fft.ts";
import { BANDS, ENVELOPE_RATE } from "./envelopes.ts";

/** The six groups of statistics by which a listener tells textures apart (McDermott & Simoncelli 2011). */
export const GROUPS = ["mean", "variation", "skew", "kurtosis", "correlation", "modulation"] as const;
/** One of the six groups. */
export type Group = (typeof GROUPS)[number];

/** Numbers per group, each on a scale on which recordings of a kind spread about evenly. */
export type Statistics = Readonly<Record<Group, readonly number[]>>;

/** Distances of the bands that are compared with each other. */
const OFFSETS = [1, 2, 4, 8];
/** Lowest edges of the modulation bands, in Hz, each an octave wide. */
const MODULATIONS = [0.5, 1, 2, 4, 8, 16, 32, 64];
/** Bands whose modulations are averaged. */
const TOGETHER = 5;

/** The first four moments of an envelope. */
const momentsOf = (envelope: Float64Array) => {
  const n = envelope.length;
  let mean = 0;
  for (const x of envelope) mean += x / n;
  let [second, third, fourth] = [0, 0, 0];
  for (const x of envelope) {
    const d = x - mean;
    second += (d * d) / n;
    third += d ** 3 / n;
    fourth += d ** 4 / n;
  }
  const deviation = Math.sqrt(second) || 1e-9;
  return { mean: mean || 1e-9, deviation, skew: third / deviation ** 3, kurtosis: fourth / deviation ** 4 };
};

const correlation = (a: Float64Array, b: Float64Array, ma: ReturnType<typeof momentsOf>, mb: typeof ma): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - ma.mean) * (b[i]! - mb.mean);
  return sum / (a.length * ma.deviation * mb.deviation);
};

/** Samples of a modulation spectrum, into which the windows are padded. */
const SPECTRUM = 4_096;

/** Parts of an envelope's power by modulation band; Welch's method, windows of four seconds or of what there is. */
const modulationsOf = (envelope: Float64Array, mean: number): readonly number[] => {
  const size = Math.min(envelope.length, 4 * ENVELOPE_RATE);
  const power = new Float64Array(SPECTRUM / 2);
  for (let from = 0; from + size <= envelope.length; from += Math.floor(size / 2)) {
    const [re, im] = [new Float64Array(SPECTRUM), new Float64Array(SPECTRUM)];
    for (let i = 0; i < size; i++) {
      re[i] = (envelope[from + i]! - mean) * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size));
    }
    fft(re, im);
    for (let k = 1; k < power.length; k++) power[k] = power[k]! + re[k]! ** 2 + im[k]! ** 2;
  }
  const total = power.reduce((sum, x) => sum + x, 0) || 1e-12;
  return MODULATIONS.map((low) => {
    let sum = 0;
    const [first, last] = [low, 2 * low].map((f) => Math.round((f * SPECTRUM) / ENVELOPE_RATE));
    for (let k = first!; k < last!; k++) sum += power[k]!;
    return sum / total;
  });
};

/** @param envelopes of each band, as `cochlearEnvelopes` gives them */
export const statisticsOf = (envelopes: readonly Float64Array[]): Statistics => {
  const moments = envelopes.map(momentsOf);
  const levels = moments.map(({ mean }) => 20 * Math.log10(mean));
  const level = levels.reduce((sum, x) => sum + x, 0) / BANDS;
  const modulations = envelopes.map((envelope, band) => modulationsOf(envelope, moments[band]!.mean));
  return {
    mean: levels.map((x) => x - level),
    variation: moments.map(({ mean, deviation }) => Math.log(deviation / mean)),
    skew: moments.map(({ skew }) => Math.asinh(skew)),
    kurtosis: moments.map(({ kurtosis }) => Math.log(kurtosis)),
    correlation: OFFSETS.flatMap((offset) =>
      Array.from({ length: BANDS - offset }, (_, band) => {
        const other = band + offset;
        const r = correlation(envelopes[band]!, envelopes[other]!, moments[band]!, moments[other]!);
        return Math.atanh(Math.max(-0.99, Math.min(0.99, r)));
      }),
    ),
    modulation: Array.from({ length: BANDS / TOGETHER }, (_, group) => group * TOGETHER).flatMap((first) =>
      MODULATIONS.map((_, m) => {
        let sum = 0;
        for (let band = first; band < first + TOGETHER; band++) sum += modulations[band]![m]!;
        return Math.log(sum / TOGETHER + 1e-4);
      }),
    ),
  };
};
