import { FRAME_SAMPLES, type Frame, SAMPLE_RATE } from "../../audio/format.ts";
import type { Decibels, Frames, Hertz, Millis } from "../../kernel/units.ts";
import { decibelsOf, framesIn, hours, millisIn } from "../../kernel/units.ts";
import { KIND_NAMES } from "../formats/fileKind.ts";
import { openAudioFile } from "../formats/openAudioFile.ts";
import type { PcmChunks } from "../formats/pcmChunk.ts";
import { gainPlanFor } from "../gainPlan.ts";
import { surveyOf } from "../survey.ts";

/** What is measured of a take before it becomes a sound. */
export interface TakeMeasures {
  /** In words: `FLAC`. */
  readonly format: string;
  readonly length: Millis;
  /** Hz, of the file. */
  readonly rate: Hertz;
  /** LUFS, integrated. */
  readonly loudness: Decibels;
  /** dBFS, of samples. */
  readonly peak: Decibels;
  /** Stretches of three samples or more at full scale. */
  readonly clipped: number;
  /** The quietest tenth of the half seconds, relative to the loudness: what is heard between sounds. */
  readonly floor: Decibels;
  /** Share of the power below 40 Hz, from 0 to 1. */
  readonly rumble: number;
  /** By how much the mains, at 50 or 60 Hz and three multiples, stands out of what is beside it. */
  readonly hum: Decibels;
  /** Left over right. */
  readonly balance: Decibels;
  /** Of left and right, from −1 to 1; 1 for one channel. */
  readonly correlation: number;
  /** Where a sudden sound begins. */
  readonly sudden: readonly Millis[];
  /** Silence that is cut off at both ends. */
  readonly silence: Millis;
}

const LONGEST: Frames = framesIn(hours(3));
const FULL_SCALE = 0.9995;
const HALF_SECOND = 25;

/** Power at one frequency (Goertzel), summed over the windows that it is given. */
const createTone = (frequency: Hertz) => {
  const step = 2 * Math.cos((2 * Math.PI * frequency) / SAMPLE_RATE);
  let [one, two, sum] = [0, 0, 0];
  return {
    /** Takes samples that are windowed already. */
    push(windowed: Float64Array): void {
      for (let i = 0; i < windowed.length; i++) {
        const next = windowed[i]! + step * one - two;
        two = one;
        one = next;
      }
    },
    endWindow(): void {
      sum += one * one + two * two - step * one * two;
      one = two = 0;
    },
    power: () => sum + 1e-9,
  };
};

/** Far enough from a harmonic that its window holds nothing of it, near enough to be its neighbourhood. */
const BESIDE: Hertz = 9;

/** Every tone hears the same windows of half a second: each is made once, not eighteen times. */
const createHumMeter = () => {
  const samples = HALF_SECOND * FRAME_SAMPLES;
  const window = Float64Array.from({ length: samples }, (_, i) => Math.sin((Math.PI * i) / samples) ** 2);
  const windowed = new Float64Array(FRAME_SAMPLES);
  let count = 0;
  const tones = [50, 60].map((mains) =>
    [1, 2, 3].map((multiple) => ({
      at: createTone(mains * multiple),
      beside: [-BESIDE, BESIDE].map((by) => createTone(mains * multiple + by)),
    })),
  );
  const all = tones.flat().flatMap(({ at, beside }) => [at, ...beside]);
  return {
    push({ left, right }: Frame): void {
      for (let i = 0; i < FRAME_SAMPLES; i++) windowed[i] = 0.5 * (left[i]! + right[i]!) * window[count + i]!;
      count = (count + FRAME_SAMPLES) % samples;
      for (const tone of all) {
        tone.push(windowed);
        if (count === 0) tone.endWindow();
      }
    },
    hum: (): Decibels =>
      Math.max(
        ...tones
          .flat()
          .map(({ at, beside }) => 10 * Math.log10(at.power() / Math.max(...beside.map((tone) => tone.power())))),
      ),
  };
};

/** Samples as the file has them: a resampler would hide what is clipped. */
const rawOf = async (chunks: PcmChunks) => {
  let [rate, peak, clipped, run, differs] = [0, 0, 0, 0, false];
  let [left, right, both] = [0, 0, 0];
  for await (const chunk of chunks) {
    rate = chunk.rate;
    for (let i = 0; i < chunk.left.length; i++) {
      const [one, other] = [chunk.left[i]!, chunk.right[i]!];
      const most = Math.max(Math.abs(one), Math.abs(other));
      peak = Math.max(peak, most);
      run = most >= FULL_SCALE ? run + 1 : 0;
      if (run === 3) clipped += 1;
      if (one !== other) differs = true;
      left += one * one;
      right += other * other;
      both += one * other;
    }
  }
  const correlation = differs ? both / Math.sqrt(left * right + 1e-20) : 1;
  return {
    rate,
    peak: decibelsOf(peak + 1e-9),
    clipped,
    correlation,
    balance: 10 * Math.log10((left + 1e-12) / (right + 1e-12)),
  };
};

/** Two poles at 40 Hz, as a share of the whole. */
const createRumbleMeter = () => {
  const pole = Math.exp((-2 * Math.PI * 40) / SAMPLE_RATE);
  let [first, second, low, whole] = [0, 0, 0, 0];
  return {
    push({ left, right }: Frame): void {
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        const mid = 0.5 * (left[i]! + right[i]!);
        first = mid + pole * (first - mid);
        second = first + pole * (second - first);
        low += second * second;
        whole += mid * mid;
      }
    },
    share: () => (whole > 0 ? low / whole : 0),
  };
};

/**
 * Decodes a take twice and measures it.
 * @param bytes the whole file
 * @throws UserError when it can't be read, or there is nothing to hear
 */
export const measureTake = async (bytes: Uint8Array): Promise<TakeMeasures> => {
  const { kind, chunks } = openAudioFile(bytes);
  const raw = await rawOf(chunks());
  const [hum, rumble] = [createHumMeter(), createRumbleMeter()];
  const survey = await surveyOf(chunks(), LONGEST, (_, frame) => {
    hum.push(frame);
    rumble.push(frame);
  });
  const { from, to, onsets } = gainPlanFor(survey, { soften: true, loop: false });
  const halves: number[] = [];
  for (let at = from; at + HALF_SECOND <= to; at += HALF_SECOND)
    halves.push(survey.powers.subarray(at, at + HALF_SECOND).reduce((sum, power) => sum + power, 0) / HALF_SECOND);
  halves.sort((a, b) => a - b);
  const quiet = halves[Math.floor(halves.length / 10)] ?? 0;
  return {
    ...raw,
    format: KIND_NAMES[kind],
    length: millisIn(survey.length),
    loudness: survey.loudness,
    floor: 10 * Math.log10(quiet + 1e-12) - 0.691 - survey.loudness,
    rumble: rumble.share(),
    hum: hum.hum(),
    sudden: onsets.map(millisIn),
    silence: millisIn(survey.length - (to - from)),
  };
};
