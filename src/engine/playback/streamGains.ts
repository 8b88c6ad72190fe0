import { createRamp, type Ramp, SILENCE } from "../../audio/ramp.ts";
import { type Decibels, type Frames, framesIn, type Millis } from "../../kernel/units.ts";

const PAUSE_RAMP: Millis = 300;
/** The ramp on which paused or interrupted sound comes back. */
export const RESUME_RAMP: Millis = 500;
/** The shortest ramp that does not click. */
const MIN_RAMP: Millis = 60;
/** While a member speaks, and after it. */
const DUCK_RAMP: Millis = 250;
const UNDUCK_RAMP: Millis = 3_000;

/**
 * Converts a ramp's duration to frames; never shorter than the shortest ramp that does not click.
 */
export const rampFrames = (over: Millis): Frames => framesIn(Math.max(MIN_RAMP, over));

/** What a change of a gain depends on: nobody hears the stream now, or it has no tracks at all. */
interface Audibility {
  readonly isUnheard: boolean;
  readonly isEmpty: boolean;
}

/**
 * The four independent gains of a stream: volume, sleep fade, pause and ducking, each on its own
 * ramp.
 */
export interface StreamGains {
  /** The ramps, in the order in which the mixer applies them. */
  readonly ramps: readonly Ramp[];
  pause(now: Audibility): void;
  resume(now: Audibility): void;
  setVolume(level: Decibels, over: Millis, now: Audibility): void;
  /** @returns false when it was ducked by that much already */
  duck(byDb: Decibels, now: Audibility): boolean;
  fadeOut(over: Millis, to: Decibels, now: Audibility): void;
  fadeIn(over: Millis, now: Audibility): void;
  /** Whether a `fadeOut` is under way. */
  isFadingOut(): boolean;
  /** Ends a `fadeOut` that has arrived. @returns whether one has arrived just now */
  takeFadeEnd(): boolean;
  /** Whether one of the gains is silence. */
  isSilent(): boolean;
  isSettled(): boolean;
  /** The sum of all gains, in decibels. */
  level(): Decibels;
  /**
   * Moves every ramp on by a frame that nobody hears; while the stream is paused all of them stand.
   */
  skip(): void;
}

/** Creates gains at 0 dB, with nothing under way. */
export const createStreamGains = (): StreamGains => {
  const [volume, fade, pauseRamp, ducking] = [createRamp(), createRamp(), createRamp(), createRamp()];
  const ramps = [volume, fade, pauseRamp, ducking];
  let isFading = false;

  return {
    ramps,
    pause({ isUnheard }) {
      if (pauseRamp.target() === 0) pauseRamp.to(SILENCE, isUnheard ? 0 : framesIn(PAUSE_RAMP));
    },
    resume({ isEmpty }) {
      if (pauseRamp.target() !== 0) pauseRamp.to(0, isEmpty ? 0 : framesIn(RESUME_RAMP));
    },
    setVolume(level, over, { isUnheard }) {
      const next = Math.min(0, level);
      if (volume.target() !== next) volume.to(next, isUnheard ? 0 : rampFrames(over));
    },
    duck(byDb, { isUnheard }) {
      const next = -Math.max(0, byDb);
      if (ducking.target() === next) return false;
      ducking.to(next, isUnheard ? 0 : rampFrames(next < ducking.target() ? DUCK_RAMP : UNDUCK_RAMP));
      return true;
    },
    fadeOut(over, to, { isUnheard }) {
      isFading = true;
      fade.to(to, over === 0 && isUnheard ? 0 : rampFrames(over));
    },
    fadeIn(over, { isEmpty }) {
      isFading = false;
      if (fade.target() !== 0) fade.to(0, isEmpty ? 0 : rampFrames(over));
    },
    isFadingOut: () => isFading,
    takeFadeEnd() {
      if (!isFading || !fade.isSettled()) return false;
      isFading = false;
      return true;
    },
    isSilent: () => ramps.some((ramp) => ramp.isSilent()),
    isSettled: () => ramps.every((ramp) => ramp.isSettled()),
    level: () => ramps.reduce((sum, ramp) => sum + ramp.level(), 0),
    skip() {
      if (!pauseRamp.isSilent()) for (const ramp of ramps) ramp.skip();
    },
  };
};
