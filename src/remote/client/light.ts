import type { RemoteState } from "../protocol.ts";

/** The level at which the sound's own ramps count as silence, in decibels: there a visual is black. */
export const FLOOR = -45;

/** How bright a visual is where the sound is usual; it has room to swell. */
const USUAL = 0.875;
/** How much brighter or darker the sound makes it at most. */
const SWELL = 0.125;
/** The decibels beside what is usual that make it so. */
const SWELL_AT = 4;

/**
 * The most that the light changes in a second. Luminance then changes by less than a tenth in 0.3 s, so that it takes more
 * than half a second to go there and back: fewer than the three flashes a second of WCAG 2.3.1, whatever the sound does.
 */
const MOST_CHANGE = 0.15;
/** Two pictures that are further apart, in seconds, count as this far: nothing jumps after a page was hidden. */
const LONGEST_STEP = 0.1;

/**
 * The light that a fade leaves, from 0 to 1.
 * @param level what is taken away from the sound, in decibels
 */
export const lightAt = (level: number): number => Math.max(0, Math.min(1, 1 - level / FLOOR));

/**
 * The light that a sound gives its visual, from 0 to 1.
 * @param loudness in decibels beside what is usual for the sound
 */
export const lightOf = (loudness: number): number => USUAL + SWELL * Math.max(-1, Math.min(1, loudness / SWELL_AT));

/** What the sleep timer takes away from the sound at a moment, in decibels. */
export const fadeAt = (timer: RemoteState["timer"], now: number): number => {
  if (timer === undefined || timer.isHeld) return 0;
  if (timer.isSilent) return FLOOR;
  const { fadesAt, endsAt } = timer;
  return FLOOR * Math.max(0, Math.min(1, (now - fadesAt) / Math.max(1, endsAt - fadesAt)));
};

/** Light that never changes faster than {@link MOST_CHANGE}. */
export interface SteadyLight {
  /**
   * Goes towards a light, from 0 to 1.
   * @param seconds since the last time
   * @returns how bright it is now
   */
  towards(light: number, seconds: number): number;
}

/** @param start how bright it is at first */
export const createSteadyLight = (start = USUAL): SteadyLight => {
  let now = start;
  return {
    towards(light, seconds) {
      const step = MOST_CHANGE * Math.min(LONGEST_STEP, Math.max(0, seconds));
      now += Math.max(-step, Math.min(step, light - now));
      return now;
    },
  };
};
