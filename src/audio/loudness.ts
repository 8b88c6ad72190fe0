import type { Decibels } from "../kernel/units.ts";
import { type Pcm, SAMPLE_RATE } from "./format.ts";

/** Measures the loudness of a stream of stereo samples by ITU-R BS.1770-4 and EBU R 128. */
interface LoudnessMeter {
  /** Takes the next samples, any number. */
  push(sound: Pcm): void;
  /** Integrated loudness so far in LUFS, gated; −Infinity for silence. */
  integrated(): Decibels;
  /** Loudest stretch of 3 s so far in LUFS (EBU Tech 3341, every 100 ms). */
  shortTermMaximum(): Decibels;
}

/** Samples in the 100 ms by which the measuring windows move. */
const STEP_SAMPLES = SAMPLE_RATE / 10;
const MOMENTARY_STEPS = 4;
const SHORT_TERM_STEPS = 30;
const ABSOLUTE_GATE: Decibels = -70;
const RELATIVE_GATE: Decibels = -10;

/** Converts a K-weighted mean power, both channels added, to LUFS (BS.1770-4, formula 2). */
export const loudnessOfPower = (power: number): Decibels => -0.691 + 10 * Math.log10(power);

/**
 * K-weights both channels: the two filter stages at 48 kHz (BS.1770-4, tables 1 and 2), in
 * transposed direct form. The channels run side by side, since each filter's recursion would
 * otherwise wait for itself.
 * @returns a function that takes the next samples (from, to) and gives the sum of their weighted
 * squares
 */
export const createKWeightedEnergy = () => {
  const state = new Float64Array(8);
  return ({ left, right }: Pcm, from = 0, to = left.length): number => {
    let a1 = state[0]!;
    let a2 = state[1]!;
    let b1 = state[2]!;
    let b2 = state[3]!;
    let c1 = state[4]!;
    let c2 = state[5]!;
    let d1 = state[6]!;
    let d2 = state[7]!;
    let sum = 0;
    for (let i = from; i < to; i++) {
      const x = left[i]!;
      const y = right[i]!;
      const shelfLeft = 1.53512485958697 * x + a1;
      const shelfRight = 1.53512485958697 * y + c1;
      a1 = -2.69169618940638 * x + 1.69065929318241 * shelfLeft + a2;
      c1 = -2.69169618940638 * y + 1.69065929318241 * shelfRight + c2;
      a2 = 1.19839281085285 * x - 0.73248077421585 * shelfLeft;
      c2 = 1.19839281085285 * y - 0.73248077421585 * shelfRight;
      const highLeft = shelfLeft + b1;
      const highRight = shelfRight + d1;
      b1 = -2 * shelfLeft + 1.99004745483398 * highLeft + b2;
      d1 = -2 * shelfRight + 1.99004745483398 * highRight + d2;
      b2 = shelfLeft - 0.99007225036621 * highLeft;
      d2 = shelfRight - 0.99007225036621 * highRight;
      sum += highLeft * highLeft + highRight * highRight;
    }
    state[0] = a1;
    state[1] = a2;
    state[2] = b1;
    state[3] = b2;
    state[4] = c1;
    state[5] = c2;
    state[6] = d1;
    state[7] = d2;
    return sum;
  };
};

/** Mean power of each stretch of `steps` steps, a step apart. */
const windowMeans = (powers: readonly number[], steps: number): number[] => {
  const means: number[] = [];
  let sum = 0;
  for (const [index, power] of powers.entries()) {
    sum += power - (index >= steps ? powers[index - steps]! : 0);
    if (index >= steps - 1) means.push(Math.max(0, sum / steps));
  }
  return means;
};

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @returns a meter that has measured nothing yet */
export const createLoudnessMeter = (): LoudnessMeter => {
  const energy = createKWeightedEnergy();
  /** Weighted power of each whole step: 600 numbers a minute. */
  const powers: number[] = [];
  let sum = 0;
  let count = 0;
  return {
    push(sound) {
      for (let from = 0; from < sound.left.length; ) {
        const to = Math.min(sound.left.length, from + STEP_SAMPLES - count);
        sum += energy(sound, from, to);
        count += to - from;
        from = to;
        if (count < STEP_SAMPLES) continue;
        powers.push(sum / STEP_SAMPLES);
        sum = 0;
        count = 0;
      }
    },
    integrated() {
      const loud = windowMeans(powers, MOMENTARY_STEPS).filter((power) => loudnessOfPower(power) > ABSOLUTE_GATE);
      const gate = loudnessOfPower(mean(loud)) + RELATIVE_GATE;
      const heard = loud.filter((power) => loudnessOfPower(power) > gate);
      return heard.length === 0 ? Number.NEGATIVE_INFINITY : loudnessOfPower(mean(heard));
    },
    shortTermMaximum: () =>
      loudnessOfPower(windowMeans(powers, SHORT_TERM_STEPS).reduce((most, power) => Math.max(most, power), 0)),
  };
};
