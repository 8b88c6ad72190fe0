import type { Language } from "../i18n/say.ts";
import type { ChannelId } from "../kernel/ids.ts";
import { type Decibels, hours, type Millis, minutes } from "../kernel/units.ts";

/**
 * What happens when the sleep timer ends: the bot leaves; it also moves or disconnects the
 * listeners; or the sound continues at a whisper.
 */
export const TIMER_END_ACTIONS = ["leave", "take-along", "whisper"] as const;
/** What happens when the sleep timer ends. */
export type TimerEndAction = (typeof TIMER_END_ACTIONS)[number];

/** Hours of every day; they may span midnight. */
export interface DailyHours {
  /** Minutes after midnight, local time in the zone. */
  readonly from: number;
  readonly to: number;
  /** IANA name. */
  readonly timeZone: string;
}

/** A voice channel in which sound begins with the first who enters. */
export interface QuietChannelRule {
  readonly channel: ChannelId;
  /** Absent: all day. */
  readonly hours?: DailyHours;
  /** Whether the bot stays there in silence while nobody is. */
  readonly stay: boolean;
}

/** Hours of the night in which the volume is lower and there is always a sleep timer. */
export interface QuietHours extends DailyHours {
  /** The sleep timer for a session that has none. */
  readonly timer: Millis;
  /** How far the ceiling drops; 0 or more. */
  readonly softerBy: Decibels;
}

/** What a guild has chosen for its sessions. */
export interface SessionRules {
  /** The maximum volume, relative to the sounds as they are stored. */
  readonly ceilingDb: Decibels;
  /** The longest fade of a sleep timer: 0 to 30 minutes, or `WHOLE_TIMER`. */
  readonly fade: Millis;
  /**
   * How long the bot stays in silence after the sleep timer, so that a listener who is still awake
   * can bring the sound back; 0 to 30 minutes, 0: it leaves at once.
   */
  readonly grace: Millis;
  /**
   * During the last half hour of the fade and in the grace after it, a listener who mutes or
   * deafens themselves or sends a moon extends the timer.
   */
  readonly eyesClosed: boolean;
  readonly timerEnd: TimerEndAction;
  /** By how much the sound is lowered while a member speaks; 0: not at all. */
  readonly duckingDb: Decibels;
  /**
   * Skipping and stopping take the member who queued the sound, a host, or more than half of the
   * listeners.
   */
  readonly votes: boolean;
  readonly quiet?: QuietHours;
  readonly quietChannel?: QuietChannelRule;
  /** The language of what everyone sees; absent: the guild's preferred locale. */
  readonly language?: Language;
}

/** The defaults for a guild that has chosen nothing. */
export const DEFAULT_RULES: Omit<SessionRules, "quietChannel"> = {
  ceilingDb: 0,
  fade: minutes(3),
  grace: minutes(10),
  eyesClosed: true,
  timerEnd: "leave",
  duckingDb: 9,
  votes: true,
};

/** The longest fade that a guild can choose, other than `WHOLE_TIMER`. */
export const MAX_FADE: Millis = minutes(30);
/** A fade that is as long as the timer, whatever its length: longer than any timer can be. */
export const WHOLE_TIMER: Millis = hours(24);
/** The longest grace that a guild can choose. */
export const MAX_GRACE: Millis = minutes(30);
