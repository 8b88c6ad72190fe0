import { createFrame, FRAME_SAMPLES, type Pcm, SAMPLE_RATE } from "../audio/format.ts";
import { createKWeightedEnergy, createLoudnessMeter, loudnessOfPower } from "../audio/loudness.ts";
import { createTruePeakMeter } from "../audio/truePeak.ts";
import type { Decibels, Hertz } from "../kernel/units.ts";
import type { Loop } from "./loop.ts";
import { powerSpectrum, type StereoSpectrum, stereoSpectrum } from "./spectrum.ts";
import { type Voicing, voicingOf } from "./voicing.ts";

/** What is asserted of a loop (docs/sounds.md, "Gates"). */
export interface Measures extends Voicing {
  /** LUFS. */
  readonly loudness: Decibels;
  /** dBTP. */
  readonly truePeak: Decibels;
  /** Loudest 3 s over the integrated loudness. */
  readonly shortTerm: Decibels;
  /** Loudest 20 ms over the integrated loudness. */
  readonly onset: Decibels;
  /**
   * The most by which 20 ms that are as loud as the whole, or louder, exceed the half second before
   * them, heard round the loop: out of near silence, even a soft tap wakes somebody.
   */
  readonly rise: Decibels;
  /** Second difference across the seam over the 99.9th percentile of the second differences inside. */
  readonly seam: number;
  /** Level step between the 100 ms before and after the seam: which share of the steps inside is smaller. */
  readonly seamStep: number;
  /** Left to right, −1 to 1. */
  readonly correlation: number;
  /**
   * Coherence of the ears (magnitude squared, 0 to 1) in the least coherent of the octaves below
   * 500 Hz in which there is something; 1 when there is nothing.
   */
  readonly coherence: number;
  /** Part of the power that lies below 30 Hz, where there is nothing to be heard. */
  readonly deep: number;
  /** Right over left. */
  readonly balance: Decibels;
  /** Largest mean of a channel. */
  readonly dc: number;
  /** Mean of log frequency, weighted by power, from 20 Hz. */
  readonly centroid: Hertz;
  /** dB an octave from 100 Hz to 10 kHz. */
  readonly slope: Decibels;
  /** Fourth moment over the squared second, of samples: 3 for Gaussian noise. */
  readonly kurtosis: number;
  /** How much the envelope moves at 1 to 4 Hz, as gurgling and lapping do, over its mean. */
  readonly stir: Decibels;
}

/** Samples of a look at the spectrum. */
export const SPECTRUM = 8_192;

/** A loop in memory as samples. */
export const pcmOf = (loop: Loop): Pcm => {
  const samples = loop.length * FRAME_SAMPLES;
  const pcm = { left: new Float32Array(samples), right: new Float32Array(samples) };
  const frame = createFrame();
  for (let index = 0; index < loop.length; index++) {
    loop.read(index, frame);
    pcm.left.set(frame.left, index * FRAME_SAMPLES);
    pcm.right.set(frame.right, index * FRAME_SAMPLES);
  }
  return pcm;
};

/** Measures a whole loop, heard once round. */
export const measure = ({ left, right }: Pcm): Measures => {
  const [loudness, peak] = [createLoudnessMeter(), createTruePeakMeter()];
  loudness.push({ left, right });
  peak.push({ left, right });
  const integrated = loudness.integrated();
  const spectra = spectraOf(left, right);
  const spectrum = powerOf(spectra);
  return {
    loudness: integrated,
    truePeak: peak.peak(),
    shortTerm: loudness.shortTermMaximum() - integrated,
    ...attacksOf({ left, right }, integrated),
    seam: Math.max(seam(left), seam(right)),
    seamStep: seamStep(left, right),
    ...momentsOf(left, right),
    coherence: coherenceOf(spectra, spectrum),
    deep: partBelow(30, spectrum),
    centroid: centroidOf(spectrum),
    slope: slopeOf(spectrum),
    stir: stirOf(left),
    ...voicingOf({ left, right }),
  };
};

/** Halves of a frame in the half second before a moment. */
const BEFORE = 50;

/** Windows of 20 ms, 10 ms apart. */
const attacksOf = (sound: Pcm, integrated: Decibels) => {
  const energyOf = createKWeightedEnergy();
  const half = FRAME_SAMPLES / 2;
  const count = Math.floor(sound.left.length / half);
  const energies = Float64Array.from({ length: count }, (_, i) => energyOf(sound, i * half, (i + 1) * half));
  const round = (i: number) => energies[(i + count) % count]!;
  let [onset, rise] = [Number.NEGATIVE_INFINITY, 0];
  let before = 0;
  for (let i = -BEFORE; i < 0; i++) before += round(i);
  for (let i = 0; i < count; i++) {
    const level = loudnessOfPower((round(i) + round(i + 1)) / FRAME_SAMPLES) - integrated;
    onset = Math.max(onset, level);
    if (level >= 0) rise = Math.max(rise, level + integrated - loudnessOfPower(before / BEFORE / half + 1e-12));
    before += round(i) - round(i - BEFORE);
  }
  return { onset, rise };
};

const seam = (samples: Float32Array): number => {
  const n = samples.length;
  const bend = (i: number) => Math.abs(samples[(i + 1) % n]! - 2 * samples[i % n]! + samples[(i - 1 + n) % n]!);
  // Every 17th will do for the percentile.
  const inside = Float32Array.from({ length: Math.floor(n / 17) }, (_, i) => bend(1 + i * 17)).sort();
  return Math.max(bend(n - 1), bend(0)) / Math.max(1e-12, inside[Math.floor(inside.length * 0.999)]!);
};

const seamStep = (left: Float32Array, right: Float32Array): number => {
  const size = SAMPLE_RATE / 10;
  const count = Math.floor(left.length / size);
  const levels = Float64Array.from({ length: count }, (_, index) => {
    let sum = 1e-12;
    for (let i = index * size; i < (index + 1) * size; i++) sum += left[i]! ** 2 + right[i]! ** 2;
    return 10 * Math.log10(sum / size);
  });
  const steps = levels.slice(1).map((level, index) => Math.abs(level - levels[index]!));
  const across = Math.abs(levels[0]! - levels[count - 1]!);
  return steps.filter((step) => step < across).length / steps.length;
};

const momentsOf = (left: Float32Array, right: Float32Array) => {
  let [l, r, ll, rr, lr, fourth] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < left.length; i++) {
    const [a, b] = [left[i]!, right[i]!];
    l += a;
    r += b;
    ll += a * a;
    rr += b * b;
    lr += a * b;
    fourth += a * a * a * a;
  }
  const n = left.length;
  return {
    correlation: lr / Math.sqrt(ll * rr),
    balance: 10 * Math.log10(rr / ll),
    dc: Math.max(Math.abs(l), Math.abs(r)) / n,
    kurtosis: (fourth * n) / (ll * ll),
  };
};

/** Frames of an envelope, 5 s. */
const ENVELOPE = 256;

const stirOf = (samples: Float32Array): Decibels => {
  const levels = Float32Array.from({ length: Math.floor(samples.length / FRAME_SAMPLES) }, (_, index) => {
    let sum = 0;
    for (let i = index * FRAME_SAMPLES; i < (index + 1) * FRAME_SAMPLES; i++) sum += samples[i]! ** 2;
    return Math.sqrt(sum / FRAME_SAMPLES);
  });
  const bin = (hertz: Hertz) => Math.round((hertz * ENVELOPE * FRAME_SAMPLES) / SAMPLE_RATE);
  let [moving, mean] = [1e-12, 1e-9];
  for (let at = 0; at + ENVELOPE <= levels.length; at += ENVELOPE / 2) {
    const power = powerSpectrum(levels.subarray(at, at + ENVELOPE));
    mean += power[0]!;
    for (let k = bin(1); k <= bin(4); k++) moving += power[k]!;
  }
  // What a Hann window leaves of a constant and of noise.
  return 10 * Math.log10((moving / mean) * (4 / 3));
};

const spectraOf = (left: Float32Array, right: Float32Array): StereoSpectrum => {
  const { sums, look } = stereoSpectrum(SPECTRUM);
  // Of what is mostly rests, fewer looks see a few words alone: 300 of a script were wrong by a third of an octave.
  const step = Math.max(SPECTRUM / 2, Math.floor(left.length / 3_000));
  for (let at = 0; at + SPECTRUM <= left.length; at += step) look(left, right, at);
  return sums;
};

/** Sum of the power spectra of both channels. */
const powerOf = ({ left, right }: StereoSpectrum) => left.map((power, k) => power + right[k]!);

/** Mean power spectrum of a sound, both channels together. */
export const meanSpectrum = (left: Float32Array, right: Float32Array): Float64Array => powerOf(spectraOf(left, right));

/** Edges in Hz of the bands in which the ears are compared: octaves around 63, 125 and 250 Hz, and the rest to 500 Hz. */
const LOW_BANDS: readonly Hertz[] = [44, 88, 177, 354, 500];
/** A band with less than this part of the whole is not heard beside it: −20 dB. */
const HEARD_PART = 0.01;

const coherenceOf = ({ left, right, crossRe, crossIm }: StereoSpectrum, spectrum: Float64Array): number => {
  const whole = spectrum.reduce((sum, power) => sum + power, 0);
  const bands = LOW_BANDS.slice(1).map((high, band) => {
    const [first, last] = [LOW_BANDS[band]!, high].map((edge) => Math.ceil((edge * SPECTRUM) / SAMPLE_RATE));
    let [alike, power] = [0, 0];
    for (let k = first!; k < last!; k++) {
      alike += (crossRe[k]! ** 2 + crossIm[k]! ** 2) / (left[k]! * right[k]! + 1e-30);
      power += spectrum[k]!;
    }
    return { coherence: alike / (last! - first!), part: power / whole };
  });
  return Math.min(1, ...bands.filter(({ part }) => part > HEARD_PART).map(({ coherence }) => coherence));
};

const partBelow = (frequency: Hertz, spectrum: Float64Array): number => {
  const sum = (powers: Float64Array) => powers.reduce((all, power) => all + power, 0);
  return sum(spectrum.subarray(0, Math.ceil((frequency * SPECTRUM) / SAMPLE_RATE))) / sum(spectrum);
};

const centroidOf = (spectrum: Float64Array): Hertz => {
  let [weighted, total] = [0, 0];
  for (let k = 4; k < spectrum.length; k++) {
    weighted += spectrum[k]! * Math.log((k * SAMPLE_RATE) / SPECTRUM);
    total += spectrum[k]!;
  }
  return Math.exp(weighted / total);
};

/** Least squares over third-octave bands. */
const slopeOf = (spectrum: Float64Array): Decibels => {
  const points: [number, number][] = [];
  const binOf = (frequency: Hertz) => Math.round((frequency * SPECTRUM) / SAMPLE_RATE);
  for (let third = 0; third <= 20; third++) {
    const centre = 100 * 2 ** (third / 3);
    const bins = spectrum.subarray(binOf(centre * 2 ** (-1 / 6)), binOf(centre * 2 ** (1 / 6)) + 1);
    points.push([third / 3, 10 * Math.log10(bins.reduce((sum, power) => sum + power, 0) / bins.length)]);
  }
  const mean = (index: 0 | 1) => points.reduce((sum, point) => sum + point[index], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const rise = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return rise / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
};
