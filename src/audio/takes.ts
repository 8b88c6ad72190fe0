import { prng } from "../kernel/random.ts";
import type { Frames } from "../kernel/units.ts";

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
