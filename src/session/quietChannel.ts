import type { ChannelId, UserId } from "../kernel/ids.ts";
import type { Millis } from "../kernel/units.ts";
import { assignEntryId, playWhenReady } from "./playback.ts";
import { type ProgrammeStarted, startProgramme } from "./programme.ts";
import { isOpenAt, nextQuietChange } from "./quietHours.ts";
import type { QuietChannelRule } from "./rules.ts";
import type { ActiveSession, PlayRequest } from "./session.ts";
import { prependEffects, type Step, sendToPlayer, stay } from "./step.ts";
import { QUIET_CHANNEL_DELAY, QUIET_CHANNEL_RISE } from "./timing.ts";

/** What is heard in a quiet channel. */
export type QuietChannelSound =
  | { readonly request: PlayRequest }
  | { readonly programme: ProgrammeStarted["programme"] };

/** Somebody is in the guild's quiet channel: what it plays begins. */
export interface QuietChannelEntered {
  readonly type: "quietChannelEntered";
  /** The bot: no member has queued it. */
  readonly by: UserId;
  readonly plays: QuietChannelSound;
  readonly channel: ChannelId;
  readonly panel: ChannelId;
}

/** The bot is to wait in silence in the guild's quiet channel. */
export interface QuietChannelKept {
  readonly type: "quietChannelKept";
  readonly channel: ChannelId;
  readonly panel: ChannelId;
}

/** What is known of a quiet channel when it is looked at. */
export interface QuietChannelSituation {
  readonly rule: QuietChannelRule;
  /** Since when somebody has been there; absent: nobody is. */
  readonly occupiedSince?: Millis | undefined;
  /** A session has been heard there since the channel was last empty: what has ended does not begin again. */
  readonly wasHeard: boolean;
  /** The bot could not stay there: it comes back with the next who enters. */
  readonly wasSentAway: boolean;
  /** The guild's session; absent: there is none. */
  readonly session?: Pick<ActiveSession, "channel" | "listeners" | "guests" | "resting"> | undefined;
}

/** What is to be done about a quiet channel now. */
export interface QuietChannelDecision {
  /** `enter`: what it plays begins; `keep`: the bot waits there in silence. */
  readonly act?: "enter" | "keep";
  /** When to look again although nothing else has happened. */
  readonly lookAt?: Millis;
}

/** Whether everyone who has listened to a session is gone; one that still waits for its first listener is not left. */
export const hasBeenLeft = ({ listeners, guests }: Pick<ActiveSession, "listeners" | "guests">): boolean =>
  listeners.length === 0 && guests.length > 0;

/**
 * Decides whether sound is to begin in a quiet channel. It depends on what is there now, not on how that came about, so
 * that it is the same after a restart. A session that somebody listens to elsewhere goes on.
 */
export const decideQuietChannel = (
  { rule, occupiedSince, wasHeard, wasSentAway, session }: QuietChannelSituation,
  now: Millis,
): QuietChannelDecision => {
  const change = rule.hours && { lookAt: nextQuietChange(rule.hours, now) };
  if (!isOpenAt(rule, now)) return { ...change };
  if (occupiedSince === undefined)
    return { ...(rule.stay && session === undefined && !wasSentAway && { act: "keep" }), ...change };
  const isFree = session === undefined || session.resting || (session.channel !== rule.channel && hasBeenLeft(session));
  if (wasHeard || !isFree) return { ...change };
  return now < occupiedSince + QUIET_CHANNEL_DELAY ? { lookAt: occupiedSince + QUIET_CHANNEL_DELAY } : { act: "enter" };
};

/** Plays in a channel in which nothing is on, rising from silence. */
export const enterQuietChannel = (session: ActiveSession, event: QuietChannelEntered, now: Millis): Step => {
  if (session.status !== "quiet" || session.channel !== event.channel || session.timer?.fading) return stay(session);
  const { by, plays, channel, panel } = event;
  const alone = session.listeners.length === 0 ? { aloneSince: session.aloneSince ?? now } : {};
  const silent: ActiveSession = { ...session, ...alone, riseOver: QUIET_CHANNEL_RISE };
  const fade = [sendToPlayer({ type: "fadeOut", over: 0 })];
  if ("programme" in plays)
    return prependEffects(
      fade,
      startProgramme(silent, { type: "programmeStarted", by, programme: plays.programme, channel, panel }, now),
    );
  const [numbered, entry] = assignEntryId(silent, { ...plays.request, by });
  return prependEffects(fade, playWhenReady(numbered, entry, now));
};
