import { hours, type Millis, minutes, seconds } from "../kernel/units.ts";

/** From silence to the first sound of a session. */
export const START_RAMP: Millis = seconds(2);
/** From one sound to the next at its end. */
export const CROSSFADE: Millis = seconds(4);
/** From one sound to another that was asked for. */
export const SKIP_CROSSFADE: Millis = seconds(1.5);
/** From one volume to another. */
export const VOLUME_RAMP: Millis = seconds(1.5);
/** A layer comes in, goes out, or moves. */
export const LAYER_RAMP: Millis = seconds(1.5);
/** A lowered ceiling is a quiet thing. */
export const CEILING_RAMP: Millis = seconds(10);
/** Back from the fade of a sleep timer. */
export const FADE_IN_RAMP: Millis = seconds(5);
/** The ramp before the bot leaves a room that still hears it. */
export const LEAVE_RAMP: Millis = seconds(2);

/** How long the bot stays where nobody listens, or where nothing is left to play. */
export const MAX_ALONE: Millis = minutes(10);
/** How long the bot stays when nothing is left to play. */
export const MAX_IDLE: Millis = minutes(10);

/** What an eye that stays closed adds to the timer. */
export const EYES_CLOSED_EXTENSION: Millis = minutes(15);

/** No timer ends further away than this. */
export const MAX_TIMER: Millis = hours(12);
/** A step of the clock, and a hand that is slow to type, must not turn the longest timer into a refusal. */
export const DEADLINE_TOLERANCE: Millis = minutes(1);
/** A sound cannot end sooner than this, however little of it is left. */
export const MIN_PASS: Millis = seconds(5);
