import type { Language } from "../i18n/say.ts";
import { type Decibels, type Millis, minutes } from "../kernel/units.ts";

/** What happens when the sleep timer is over: the bot leaves; it also takes the listeners along; or it whispers on. */
export const TIMER_END_ACTIONS = ["leave", "take-along", "whisper"] as const;
/** What happens when the sleep timer ends. */
export type TimerEndAction = (typeof TIMER_END_ACTIONS)[number];

/** Hours of the night in which a room is softer, and never without a timer. */
export interface QuietHours {
  /** Minutes after midnight, by the clocks of the zone. */
  readonly from: number;
  readonly to: number;
  /** IANA name. */
  readonly timeZone: string;
  /** What a room without a sleep timer is given. */
  readonly timer: Millis;
  /** How far the ceiling drops; 0 or more. */
  readonly softerBy: Decibels;
}

/** What a guild has chosen for its rooms. */
export interface SessionRules {
  /** No louder than this, relative to the sounds as they are stored. */
  readonly ceilingDb: Decibels;
  /** The longest fade of a sleep timer; 0 to 30 minutes. */
  readonly fade: Millis;
  /** During the fade, a listener who mutes, deafens or sends a moon gives the room more time. */
  readonly eyesClosed: boolean;
  readonly timerEnd: TimerEndAction;
  /** How much softer the room is while a member speaks; 0: not at all. */
  readonly duckingDb: Decibels;
  /** Skip and stop take the one who queued it, the host, or more than half of the listeners. */
  readonly votes: boolean;
  readonly quiet?: QuietHours;
  /** Of what the room sees; absent: that of its Discord. */
  readonly language?: Language;
}

/** What holds for a guild that has chosen nothing. */
export const DEFAULT_RULES: SessionRules = {
  ceilingDb: 0,
  fade: minutes(3),
  eyesClosed: true,
  timerEnd: "leave",
  duckingDb: 9,
  votes: true,
};

/** The longest fade that a guild can choose. */
export const MAX_FADE: Millis = minutes(30);
