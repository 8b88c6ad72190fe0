import { type Decibels, type Frames, framesIn, gainOf, seconds } from "../kernel/units.ts";
import { createFrame, FRAME_SAMPLES, type Frame } from "./format.ts";
import { createLimiter } from "./limiter.ts";
import { createKWeightedEnergy, loudnessOfPower } from "./loudness.ts";
import { applyGainSweep } from "./ramp.ts";

/** How much later sound leaves than it comes in: a sudden sound is known before it is heard. */
export const LIVE_LEVEL_DELAY: Frames = framesIn(seconds(1));
/** As the built-in sounds, in LUFS. */
const TARGET: Decibels = -30;
/** As far as an added recording is raised. */
const MOST_GAIN: Decibels = 18;
/** No tenth of a second is more than this above the target. */
const SUDDEN: Decibels = 9;
/** Below this nothing is measured: a pause between two pieces is not to be raised. */
const GATE: Decibels = -60;
const PEAK: Decibels = -6;
/** The loudness follows this slowly, but quickly at first. */
const MEMORY: Frames = framesIn(seconds(20));
/** Frames of the stretch in which a sudden sound is measured. */
const STRETCH: Frames = 5;

/** Levels a sound whose future is not known yet. */
export interface LiveLevel {
  /** Replaces the frame by the one `LIVE_LEVEL_DELAY` frames before it, at its level; silence at first. */
  apply(frame: Frame): void;
}

/**
 * Brings live sound to the level of the built-in sounds, frame by frame. The gain follows a slow
 * mean of the loudness (BS.1770-4 weighting); where a tenth of a second would be far louder, it has
 * come down evenly by then, as the sound waits for a second. What is left above −6 dBTP is limited.
 */
export const createLiveLevel = (): LiveLevel => {
  const energy = createKWeightedEnergy();
  const limiter = createLimiter(PEAK);
  const waiting = Array.from({ length: LIVE_LEVEL_DELAY }, createFrame);
  /** For each waiting frame the gain that it may have, in dB. */
  const allowed = new Float64Array(LIVE_LEVEL_DELAY).fill(0);
  /** The least of the last gains, whose mean is the gain: it moves over the whole delay. */
  const least = new Float64Array(LIVE_LEVEL_DELAY).fill(0);
  const powers = new Float64Array(STRETCH);
  let slot = 0;
  let heard: Frames = 0;
  let mean = 0;
  let gain = 0;

  const gainFor = (frame: Frame): Decibels => {
    const power = energy(frame) / FRAME_SAMPLES;
    powers[slot % STRETCH] = power;
    const stretch = loudnessOfPower(powers.reduce((sum, each) => sum + each, 0) / STRETCH);
    if (stretch > GATE) {
      heard = Math.min(heard + 1, MEMORY);
      mean += (power - mean) / heard;
    }
    const level = mean > 0 ? loudnessOfPower(mean) : TARGET;
    return Math.min(MOST_GAIN, TARGET - level, TARGET + SUDDEN - stretch);
  };

  return {
    apply(frame) {
      const at = slot % LIVE_LEVEL_DELAY;
      const own = gainFor(frame);
      allowed[at] = own;
      // A stretch is measured with its last frame, and holds for its first.
      for (let back = 1; back < STRETCH; back++) {
        const before = (at - back + LIVE_LEVEL_DELAY) % LIVE_LEVEL_DELAY;
        allowed[before] = Math.min(allowed[before]!, own);
      }
      least[at] = allowed.reduce((low, each) => Math.min(low, each), MOST_GAIN);
      const next = gainOf(least.reduce((sum, each) => sum + each, 0) / LIVE_LEVEL_DELAY);
      const old = waiting[at]!;
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        const [left, right] = [old.left[i]!, old.right[i]!];
        old.left[i] = frame.left[i]!;
        old.right[i] = frame.right[i]!;
        frame.left[i] = left;
        frame.right[i] = right;
      }
      applyGainSweep(frame, gain, next);
      gain = next;
      slot += 1;
      limiter.apply(frame);
    },
  };
};
