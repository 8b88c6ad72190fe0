import { prng } from "../kernel/random.ts";
import type { Frames } from "../kernel/units.ts";
import { KEYFRAME_INTERVAL } from "./format.ts";

/** How many takes of a sound there are at most, with the first. */
export const MAX_TAKES = 8;
/** Shorter sounds have one take: between its joints, nothing would be left of another. */
export const MIN_TAKE_LENGTH: Frames = 700;
/** A take comes back after so many others at the earliest. */
const APART = 5;
/** Passes after which an order begins again: more than a week of takes of three minutes. */
const ROUND = 4_096;

/** The file of a take; the first one's is the sound's own. */
export const takePath = (path: string, take: number): string =>
  take === 0 ? path : path.replace(/(\.opus)?$/, `.take-${take}$1`);

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
const isPrime = (number: number): boolean => {
  for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) return false;
  return number > 1;
};

/**
 * How long a take is. Counted in seconds, or in the periods of a sound that keeps time, each take after the first is as
 * long as the next larger prime: no two takes have a common factor, so that nothing in a mix comes round together.
 * @param first the length of the first take
 * @param period after how many frames the course of a sound that keeps time repeats
 */
export const takeLength = (first: Frames, take: number, period: Frames = 1): Frames => {
  const unit = (period / gcd(period, KEYFRAME_INTERVAL)) * KEYFRAME_INTERVAL;
  // What is no whole number of them could not go on in time.
  if (first % unit !== 0) return first;
  let units = first / unit;
  for (let left = take; left > 0; ) if (isPrime(++units)) left -= 1;
  return units * unit;
};

/**
 * The order in which takes are heard: random, but each only after five others.
 * @param seed the same seed gives the same order
 * @returns a function from a pass, counted from 0, to the number of its take
 */
export const createTakeOrder = (seed: number): ((pass: number) => number) => {
  const random = prng(seed);
  const order = new Uint8Array(ROUND);
  /** Those whose turn it may be come first; the one heard last is at the end. */
  const turns = Uint8Array.from({ length: MAX_TAKES }, (_, take) => take);
  for (let pass = 0; pass < ROUND; pass++) {
    const free = MAX_TAKES - Math.min(pass, APART);
    const at = Math.floor(random() * free);
    const take = turns[at]!;
    turns.copyWithin(at, at + 1);
    turns[MAX_TAKES - 1] = take;
    order[pass] = take;
  }
  return (pass) => order[((pass % ROUND) + ROUND) % ROUND]!;
};
