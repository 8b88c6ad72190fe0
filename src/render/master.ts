import { createFrame, FRAME_SAMPLES, type Frame } from "../audio/format.ts";
import { createKWeightedEnergy, createLoudnessMeter, loudnessOfPower } from "../audio/loudness.ts";
import { createTruePeakMeter } from "../audio/truePeak.ts";
import { type Decibels, decibelsOf, type Frames, gainOf } from "../kernel/units.ts";
import type { Loop } from "./loop.ts";

/** How loud a loop is to be. */
export interface Level {
  /** LUFS, integrated. */
  readonly loudness: Decibels;
  /** No 20 ms of it may be louder than this over the integrated loudness. */
  readonly onsetCap: Decibels;
  /** Only what comes before this frame counts: the quiet bed after it is not to be made louder. */
  readonly until?: Frames | undefined;
}

/** dBTP before Opus, which adds up to one. */
const CEILING: Decibels = -6.2;
/** Enough for loops that are nearly all peaks; most need two. */
const ROUNDS = 9;
/** By so much do true peaks lie above the samples in most of our sounds. */
const USUAL_BETWEEN: Decibels = 0.5;

/** A loop with a gain per frame, interpolated linearly between frames. */
const shaped = (loop: Loop, gains: Float32Array): Loop => ({
  length: loop.length,
  read(index, into) {
    loop.read(index, into);
    const own = ((index % loop.length) + loop.length) % loop.length;
    const [from, to] = [gains[own]!, gains[(own + 1) % loop.length]!];
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      const gain = from + ((to - from) * i) / FRAME_SAMPLES;
      into.left[i] = into.left[i]! * gain;
      into.right[i] = into.right[i]! * gain;
    }
  },
});

/** Loudness, true peak, and the loudness of every frame, alone and half with its neighbour. */
const survey = (loop: Loop, length: Frames, withTruePeak: boolean) => {
  const [loudness, peak] = [createLoudnessMeter(), createTruePeakMeter()];
  const energy = createKWeightedEnergy();
  const frame = createFrame();
  const levels = new Float32Array(length);
  const peaks = new Float32Array(length);
  const half = FRAME_SAMPLES / 2;
  let last = 0;
  // The last second first, so that the filters are settled when the loop begins.
  for (let index = -50; index < length; index++) {
    loop.read(index, frame);
    const first = energy(frame, 0, half);
    const second = energy(frame, half);
    if (index >= 0) {
      levels[index] = loudnessOfPower(Math.max(first + second, last + first) / FRAME_SAMPLES + 1e-12);
      peaks[index] = peakOf(frame);
      loudness.push(frame);
      if (withTruePeak) peak.push(frame);
    }
    last = second;
  }
  const samplePeak = decibelsOf(peaks.reduce((most, one) => Math.max(most, one), 0));
  return {
    integrated: loudness.integrated(),
    truePeak: withTruePeak ? peak.peak() : samplePeak + USUAL_BETWEEN,
    samplePeak,
    levels,
    peaks,
  };
};

const peakOf = ({ left, right }: Frame): number => {
  let peak = 0;
  for (let i = 0; i < left.length; i++) peak = Math.max(peak, Math.abs(left[i]!), Math.abs(right[i]!));
  return peak;
};

/**
 * Brings a loop to its loudness, and turns down for a moment what would startle: frames louder than
 * `onsetCap` over the whole, and peaks above the ceiling. The gain moves over the 20 ms before and
 * after.
 */
export const master = (loop: Loop, { loudness, onsetCap, until = loop.length }: Level): Loop => {
  const gains = new Float32Array(loop.length).fill(1);
  const result = shaped(loop, gains);
  for (let round = 0; round < ROUNDS; round++) {
    // The true peak costs as much as the rest; the first look only finds the loudness.
    const { integrated, truePeak, samplePeak, levels, peaks } = survey(result, until, round > 0);
    if (!Number.isFinite(integrated)) throw new Error("There is nothing to be heard");
    const change = gainOf(loudness - integrated);
    // Inter-sample peaks lie above the samples, by as much as here.
    const between = Math.max(0.1, truePeak - samplePeak);
    const peakCap = gainOf(CEILING - between) / change;
    const wanted = Float32Array.from(levels, (level, index) =>
      Math.min(1, gainOf(integrated + onsetCap - 0.1 - level), peakCap / Math.max(peaks[index]!, 1e-9)),
    );
    if (
      round > 0 &&
      Math.abs(loudness - integrated) < 0.05 &&
      truePeak < CEILING + 0.2 &&
      !wanted.some((gain) => gain < 0.995)
    )
      break;
    for (let index = 0; index < gains.length; index++) {
      // A frame's gain holds at its beginning, which is the end of the one before.
      const before = wanted[(index - 1 + wanted.length) % wanted.length]!;
      gains[index] = gains[index]! * change * (index < until ? Math.min(before, wanted[index]!) : 1);
    }
  }
  return result;
};
