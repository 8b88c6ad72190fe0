import { hours, type Millis, minutes, seconds } from "../kernel/units.ts";

/** From silence to the first sound of a session. */
export const START_RAMP: Millis = seconds(2);
/** From one sound to the next at its end. */
export const CROSSFADE: Millis = seconds(4);
/** From one sound to another that was requested. */
export const SKIP_CROSSFADE: Millis = seconds(1.5);
/** From one volume to another. */
export const VOLUME_RAMP: Millis = seconds(1.5);
/** When a layer is added, removed or moved. */
export const LAYER_RAMP: Millis = seconds(1.5);
/** A sound that is heard once has left so long before its end, so that it never begins again. */
export const ONCE_MARGIN: Millis = seconds(1);
/** From one ceiling to a lower one. */
export const CEILING_RAMP: Millis = seconds(10);
/** Back from the fade of a sleep timer. */
export const FADE_IN_RAMP: Millis = seconds(5);
/** How the sound of a quiet channel rises: somebody there may be asleep already. */
export const QUIET_CHANNEL_RISE: Millis = seconds(10);
/** How long somebody has to be there first, so that the bot does not come for those who only pass through. */
export const QUIET_CHANNEL_DELAY: Millis = seconds(3);
/** Back from the silence after a sleep timer, in which others may have fallen asleep. */
export const GRACE_RAMP: Millis = seconds(20);
/** The ramp before the bot leaves listeners. */
export const LEAVE_RAMP: Millis = seconds(2);

/** How long the bot stays when nobody is listening. */
export const MAX_ALONE: Millis = minutes(10);
/** How long the bot stays when nothing is left to play. */
export const MAX_IDLE: Millis = minutes(10);

/** What muting, deafening or a moon adds to the timer during the fade. */
export const EYES_CLOSED_EXTENSION: Millis = minutes(15);

/** The shortest time over which the sound of a wake-up rises, whenever it begins. */
export const MIN_RISE: Millis = seconds(20);
/** The longest time over which it rises. */
export const MAX_RISE: Millis = minutes(30);
/** How long it stays once it has risen. */
export const WAKE_UP_LENGTH: Millis = minutes(30);
/** The fade at its end. */
export const WAKE_UP_FADE: Millis = minutes(1);
/** How long muting silences it. */
export const SNOOZE: Millis = minutes(9);
/** How often it can be silenced. */
export const MAX_SNOOZES = 3;
/** Over which it rises again. */
export const SNOOZE_RISE: Millis = minutes(1);

/** The longest timer. */
export const MAX_TIMER: Millis = hours(12);
/** Setting the clock, or typing slowly, must not turn the longest timer into a refusal. */
export const DEADLINE_TOLERANCE: Millis = minutes(1);
/** A sound doesn't end sooner than this, however little of it is left. */
export const MIN_PASS: Millis = seconds(5);
