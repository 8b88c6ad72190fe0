import { SAMPLE_RATE } from "../shared/opus.ts";

/** Samples by which the measuring window moves: 100 ms, a quarter of its length. */
const STEP = SAMPLE_RATE / 10;
const STEPS_IN_WINDOW = 4;
const ABSOLUTE_GATE = -70;
const RELATIVE_GATE = -10;

const toLufs = (power: number): number => -0.691 + 10 * Math.log10(power);

/** One second-order section in the transposed direct form II. */
const biquad = (b0: number, b1: number, b2: number, a1: number, a2: number) => {
  let [s1, s2] = [0, 0];
  return (x: number): number => {
    const y = b0 * x + s1;
    s1 = b1 * x - a1 * y + s2;
    s2 = b2 * x - a2 * y;
    return y;
  };
};

/** The K-weighting of one channel at 48 kHz: shelf, then high-pass (ITU-R BS.1770-4, tables 1 and 2). */
const kWeighting = () => {
  const shelf = biquad(1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585);
  const highPass = biquad(1, -2, 1, -1.99004745483398, 0.99007225036621);
  return (x: number): number => highPass(shelf(x));
};

/** K-weighted mean power of each whole 100 ms, both channels added. */
const stepPowers = (left: Float32Array, right: Float32Array): number[] => {
  const [weighLeft, weighRight] = [kWeighting(), kWeighting()];
  const powers: number[] = [];
  let sum = 0;
  for (let i = 0; i < left.length; i++) {
    sum += weighLeft(left[i] ?? 0) ** 2 + weighRight(right[i] ?? 0) ** 2;
    if ((i + 1) % STEP !== 0) continue;
    powers.push(sum / STEP);
    sum = 0;
  }
  return powers;
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Integrated loudness of stereo sound at 48 kHz, gated (ITU-R BS.1770-4).
 * @returns LUFS; −Infinity for silence, and for sound shorter than 400 ms
 */
export const integratedLoudness = (left: Float32Array, right: Float32Array): number => {
  const powers = stepPowers(left, right);
  const windows = powers
    .slice(STEPS_IN_WINDOW - 1)
    .map((_, first) => mean(powers.slice(first, first + STEPS_IN_WINDOW)));
  const audible = windows.filter((power) => toLufs(power) > ABSOLUTE_GATE);
  const gate = toLufs(mean(audible)) + RELATIVE_GATE;
  const counted = audible.filter((power) => toLufs(power) > gate);
  return counted.length === 0 ? Number.NEGATIVE_INFINITY : toLufs(mean(counted));
};
