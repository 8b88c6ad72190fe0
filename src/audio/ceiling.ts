import { type Decibels, type Frames, framesIn, gainOf, seconds } from "../kernel/units.ts";
import { FRAME_SAMPLES, type Frame } from "./format.ts";
import { createKWeightedEnergy } from "./loudness.ts";
import { applyGainSweep } from "./ramp.ts";

/** The short-term and momentary windows of EBU Tech 3341. */
const SHORT_TERM: Frames = framesIn(seconds(3));
const MOMENTARY: Frames = framesIn(400);
/** Headroom over three seconds: excess is known only once some of it has been heard. */
const SHORT_TERM_MARGIN: Decibels = -4;
/** Headroom over 400 ms, so that a loud beginning does not use up the three seconds. */
const MOMENTARY_MARGIN: Decibels = -2;
/** The gain recovers by one decibel per second, which is not noticed. */
const RELEASE = gainOf(1 / 50);

/** K-weighted power of a loudness in LUFS (BS.1770-4). */
const powerOfLoudness = (loudness: Decibels): number => 10 ** ((loudness + 0.691) / 10);

/** Keeps what passes through below a short-term loudness. */
export interface Ceiling {
  /** Attenuates the frame in place where it has to; allocates nothing. */
  apply(frame: Frame): void;
  /** Whether it changes nothing. */
  isIdle(): boolean;
  /** Forgets what it has measured. @param loudness another ceiling from here on, in LUFS */
  reset(loudness?: Decibels): void;
  /** Sets another ceiling, reached within a second or two; what has been measured still counts. */
  set(loudness: Decibels): void;
}

/**
 * Attenuates what is too loud for too long, such as a recording mastered for daytime listening.
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
