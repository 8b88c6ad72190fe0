import { fft } from "../../../src/audio/fft.ts";

/** Bands of the ear's filter bank, equally spaced on the scale of equivalent rectangular bandwidths. */
export const BANDS = 30;
/** Samples per second of an envelope. */
export const ENVELOPE_RATE = 400;
/** One look at a sound, in seconds; shorter sounds are taken whole. */
const LOOK = 10;
/** Looks at a long sound. */
const MOST_LOOKS = 3;
/** The least that tells anything, in seconds. */
const LEAST = 2;
const [LOWEST, HIGHEST] = [50, 8_500];
/** The ear's response grows with less than the sound's amplitude (McDermott & Simoncelli 2011). */
const COMPRESSION = 0.3;
/** What the filters smear into beginning and end, in seconds. */
const EDGE = 0.1;

/** Glasberg & Moore (1990): the number of bandwidths below a frequency in Hz, and back. */
const erbOf = (frequency: number) => 9.2645 * Math.log(1 + frequency * 0.00437);
const frequencyOf = (erb: number) => (Math.exp(erb / 9.2645) - 1) / 0.00437;

const STEP = (erbOf(HIGHEST) - erbOf(LOWEST)) / (BANDS + 1);

/** Centres of the bands in Hz. */
const CENTRES: readonly number[] = Array.from({ length: BANDS }, (_, band) =>
  frequencyOf(erbOf(LOWEST) + (band + 1) * STEP),
);

const powerOfTwo = (least: number) => 2 ** Math.ceil(Math.log2(least));

/** Means of `envelope` over equal spans, so that `count` values remain. */
const thinned = (envelope: Float64Array, count: number): Float64Array => {
  const out = new Float64Array(count);
  const span = envelope.length / count;
  for (let i = 0; i < count; i++) {
    const [from, to] = [Math.floor(i * span), Math.max(Math.floor(i * span) + 1, Math.floor((i + 1) * span))];
    let sum = 0;
    for (let k = from; k < to; k++) sum += envelope[k]!;
    out[i] = sum / (to - from);
  }
  return out;
};

/**
 * The envelopes that the inner ear passes on: half-cosine bands, their magnitude compressed.
 * @param samples mono, of any level
 * @param rate samples per second, at least 17,000
 * @returns per band the envelope at 400 Hz
 * @throws RangeError when there is less than two seconds to look at
 */
export const cochlearEnvelopes = (samples: Float32Array, rate: number): readonly Float64Array[] => {
  const wanted = samples.length;
  if (wanted < LEAST * rate) throw new RangeError("The sound is shorter than two seconds");
  const size = powerOfTwo(wanted);
  const [re, im] = [new Float64Array(size), new Float64Array(size)];
  let power = 0;
  for (let i = 0; i < wanted; i++) power += samples[i]! ** 2;
  const scale = 1 / Math.sqrt(power / wanted || 1);
  for (let i = 0; i < wanted; i++) re[i] = samples[i]! * scale;
  fft(re, im);
  const length = size / rate;
  const frames = Math.floor(size * (ENVELOPE_RATE / rate));
  const [kept, edge] = [Math.floor((wanted / rate) * ENVELOPE_RATE), Math.floor(EDGE * ENVELOPE_RATE)];
  return CENTRES.map((_, band) => {
    const centre = erbOf(LOWEST) + (band + 1) * STEP;
    const [low, high] = [frequencyOf(centre - STEP), frequencyOf(centre + STEP)].map((f) => f * length);
    const [first, last] = [Math.ceil(low!), Math.min(size / 2, Math.floor(high!))];
    // A band's envelope does not change when the band is moved down to 0 Hz, where fewer samples hold it.
    const short = powerOfTwo(Math.max(2 * (last - first), 2 * frames));
    const [bandRe, bandIm] = [new Float64Array(short), new Float64Array(short)];
    for (let bin = first; bin <= last; bin++) {
      const weight = Math.cos(((erbOf(bin / length) - centre) / STEP) * (Math.PI / 2));
      bandRe[bin - first] = re[bin]! * weight;
      bandIm[bin - first] = im[bin]! * weight;
    }
    fft(bandRe, bandIm, true);
    const loud = (2 * short) / size;
    const envelope = bandRe.map((x, i) => (loud * Math.hypot(x, bandIm[i]!)) ** COMPRESSION);
    return thinned(envelope, frames).slice(edge, kept - edge);
  });
};

/** Up to three stretches of ten seconds, spread over a sound; a shorter sound whole. */
export const looksAt = (samples: Float32Array, rate: number): readonly Float32Array[] => {
  const size = LOOK * rate;
  if (samples.length <= size) return [samples];
  const count = Math.min(MOST_LOOKS, Math.floor(samples.length / size));
  const spare = samples.length - count * size;
  return Array.from({ length: count }, (_, look) => {
    const from = Math.floor(look * size + (spare * (look + 0.5)) / count);
    return samples.subarray(from, from + size);
  });
};
