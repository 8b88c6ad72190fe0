import type { Decibels } from "../kernel/units.ts";
import { type Pcm, SAMPLE_RATE } from "./format.ts";

/** Loudness of stereo sound by ITU-R BS.1770-4 and EBU R 128, as it streams by. */
interface LoudnessMeter {
  /** Takes the next samples, any number. */
  push(sound: Pcm): void;
  /** Integrated loudness so far in LUFS, gated; −Infinity for silence. */
  integrated(): Decibels;
  /** Loudest stretch of 3 s so far in LUFS (EBU Tech 3341, every 100 ms). */
  shortTermMaximum(): Decibels;
}

/** Samples in the 100 ms by which the measuring windows move. */
const STEP = SAMPLE_RATE / 10;
const MOMENTARY_STEPS = 4;
const SHORT_TERM_STEPS = 30;
const ABSOLUTE_GATE: Decibels = -70;
const RELATIVE_GATE: Decibels = -10;

/** Loudness of a K-weighted mean power, both channels added. */
export const lufs = (power: number): Decibels => -0.691 + 10 * Math.log10(power);

/**
 * One channel's K-weighted energy: the two stages at 48 kHz (BS.1770-4, tables 1 and 2), in the transposed direct form.
 * @returns a function that takes the next samples (from, to) and gives the sum of their weighted squares
 */
export const weightedEnergy = () => {
  const state = new Float64Array(4);
  return (samples: Float32Array, from = 0, to = samples.length): number => {
    let [a1, a2, b1, b2] = state as unknown as [number, number, number, number];
    let sum = 0;
    for (let i = from; i < to; i++) {
      const x = samples[i]!;
      const shelf = 1.53512485958697 * x + a1;
      a1 = -2.69169618940638 * x + 1.69065929318241 * shelf + a2;
      a2 = 1.19839281085285 * x - 0.73248077421585 * shelf;
      const high = shelf + b1;
      b1 = -2 * shelf + 1.99004745483398 * high + b2;
      b2 = shelf - 0.99007225036621 * high;
      sum += high * high;
    }
    state[0] = a1;
    state[1] = a2;
    state[2] = b1;
    state[3] = b2;
    return sum;
  };
};

/** Mean power of each stretch of `steps` steps, a step apart. */
const windows = (powers: readonly number[], steps: number): number[] => {
  const means: number[] = [];
  let sum = 0;
  for (const [index, power] of powers.entries()) {
    sum += power - (index >= steps ? powers[index - steps]! : 0);
    if (index >= steps - 1) means.push(Math.max(0, sum / steps));
  }
  return means;
};

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

export const createLoudnessMeter = (): LoudnessMeter => {
  const [energyLeft, energyRight] = [weightedEnergy(), weightedEnergy()];
  /** Weighted power of each whole step: 600 numbers a minute. */
  const powers: number[] = [];
  let sum = 0;
  let count = 0;
  return {
    push({ left, right }) {
      for (let from = 0; from < left.length; ) {
        const to = Math.min(left.length, from + STEP - count);
        sum += energyLeft(left, from, to) + energyRight(right, from, to);
        count += to - from;
        from = to;
        if (count < STEP) continue;
        powers.push(sum / STEP);
        sum = 0;
        count = 0;
      }
    },
    integrated() {
      const loud = windows(powers, MOMENTARY_STEPS).filter((power) => lufs(power) > ABSOLUTE_GATE);
      const gate = lufs(mean(loud)) + RELATIVE_GATE;
      const heard = loud.filter((power) => lufs(power) > gate);
      return heard.length === 0 ? Number.NEGATIVE_INFINITY : lufs(mean(heard));
    },
    shortTermMaximum: () => lufs(windows(powers, SHORT_TERM_STEPS).reduce((most, power) => Math.max(most, power), 0)),
  };
};
