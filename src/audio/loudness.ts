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

const lufs = (power: number): Decibels => -0.691 + 10 * Math.log10(power);

/** The two stages of K-weighting at 48 kHz (BS.1770-4, tables 1 and 2), in the transposed direct form. */
const kWeighting = () => {
  let [a1, a2, b1, b2] = [0, 0, 0, 0];
  return (x: number): number => {
    const shelf = 1.53512485958697 * x + a1;
    a1 = -2.69169618940638 * x + 1.69065929318241 * shelf + a2;
    a2 = 1.19839281085285 * x - 0.73248077421585 * shelf;
    const high = shelf + b1;
    b1 = -2 * shelf + 1.99004745483398 * high + b2;
    b2 = shelf - 0.99007225036621 * high;
    return high;
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
  const [weighLeft, weighRight] = [kWeighting(), kWeighting()];
  /** Weighted power of each whole step: 600 numbers a minute. */
  const powers: number[] = [];
  let sum = 0;
  let count = 0;
  return {
    push({ left, right }) {
      for (let i = 0; i < left.length; i++) {
        sum += weighLeft(left[i]!) ** 2 + weighRight(right[i]!) ** 2;
        if (++count < STEP) continue;
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
