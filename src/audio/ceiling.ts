import { type Decibels, type Frames, framesIn, gainOf, seconds } from "../kernel/units.ts";
import { FRAME_SAMPLES, type Frame } from "./format.ts";
import { createKWeightedEnergy } from "./loudness.ts";
import { applyGainSweep } from "./ramp.ts";

/** The windows of EBU Tech 3341. */
const SHORT_TERM: Frames = framesIn(seconds(3));
const MOMENTARY: Frames = framesIn(400);
/** It holds three seconds this far below, because what is too loud is known only once some of it has been heard. */
const SHORT_TERM_MARGIN: Decibels = -4;
/** And 400 ms, so that what begins loud does not use the three seconds up. */
const MOMENTARY_MARGIN: Decibels = -2;
/** It comes back by one decibel a second, which nobody notices. */
const RELEASE = gainOf(1 / 50);

/** K-weighted power of a loudness in LUFS (BS.1770-4). */
const powerOfLoudness = (loudness: Decibels): number => 10 ** ((loudness + 0.691) / 10);

export interface Ceiling {
  /** Turns the frame down in place, where it has to; allocates nothing. */
  apply(frame: Frame): void;
  /** Whether it changes nothing. */
  isIdle(): boolean;
  /** Forgets what it has heard. @param loudness another ceiling from here on, in LUFS */
  reset(loudness?: Decibels): void;
  /** Another ceiling, reached within a second or two; what has been heard counts. */
  set(loudness: Decibels): void;
}

/**
 * Holds down what is too loud for too long: a recording that was made for the day.
 * @param loudness in LUFS over three seconds (BS.1770-4); nothing louder leaves
 */
export const createCeiling = (loudness: Decibels): Ceiling => {
  let aim = powerOfLoudness(loudness + SHORT_TERM_MARGIN);
  let momentaryAim = powerOfLoudness(loudness + MOMENTARY_MARGIN);
  const powers = new Float64Array(SHORT_TERM);
  let energy = createKWeightedEnergy();
  let at = 0;
  let gain = 1;

  const mean = (frames: Frames) => {
    let sum = 0;
    for (let back = 0; back < frames; back++) sum += powers[(at - back + SHORT_TERM) % SHORT_TERM]!;
    return sum / frames;
  };

  const set = (next: Decibels) => {
    aim = powerOfLoudness(next + SHORT_TERM_MARGIN);
    momentaryAim = powerOfLoudness(next + MOMENTARY_MARGIN);
  };

  return {
    apply(frame) {
      at = (at + 1) % SHORT_TERM;
      powers[at] = energy(frame) / FRAME_SAMPLES;
      const allowed = Math.min(aim / mean(SHORT_TERM), momentaryAim / mean(MOMENTARY));
      const before = gain;
      gain = Math.min(1, gain * RELEASE, allowed >= 1 ? 1 : Math.sqrt(allowed));
      applyGainSweep(frame, before, gain);
    },
    isIdle: () => gain === 1,
    set,
    reset(next = loudness) {
      set(next);
      powers.fill(0);
      energy = createKWeightedEnergy();
      gain = 1;
    },
  };
};
