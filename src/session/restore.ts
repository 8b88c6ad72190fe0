import { framesIn, hours, type Millis, seconds } from "../kernel/units.ts";
import type { Effect } from "./effects.ts";
import { prepareEffects, unprepared } from "./mix.ts";
import { requeueComing } from "./playback.ts";
import { type ActiveSession, baseOf, type QueueEntry, type Session, type SleepTimer } from "./session.ts";
import { initialPlayerSettings } from "./settings.ts";
import {
  catchUpWithFade,
  comesBackFading,
  graceEndsAt,
  hasGrace,
  holdInGrace,
  isInGrace,
  positionAt,
  sleepPhase,
} from "./sleep.ts";
import { endSession, type Step, sendToPlayer, stepTo } from "./step.ts";
import { MIN_RISE } from "./timing.ts";

/** After this long without the bot, a session is not restored. */
const MAX_AGE: Millis = hours(1);
/** A stored position is 0 to 5 seconds old, so the error is at most half of that. */
const AVERAGE_POSITION_AGE: Millis = seconds(2.5);

/** The current entry is prepared again; a pause that was requested stays one. */
const toRestorable = (session: ActiveSession): ActiveSession => {
  const base = baseOf(session);
  switch (session.status) {
    case "playing":
    case "paused": {
      const { queue } = requeueComing(session);
      const { entry, position, takes } = session.track;
      const from = position + framesIn(AVERAGE_POSITION_AGE);
      if (isInGrace(session)) {
        // The player is a new one: its fade is not at silence.
        return { ...session, queue, coming: undefined, cold: true, timer: { ...session.timer, fading: false } };
      }
      return session.status === "paused" && (session.why === "asked" || session.why === "snoozed")
        ? { ...session, queue, coming: undefined, cold: true }
        : { ...base, queue, status: "waiting", coming: unprepared(entry), from, ...(takes && { takes }) };
    }
    case "waiting":
      return { ...session, coming: unprepared(session.coming) };
    case "quiet":
      return session;
  }
};

/** Sleepers are not woken: a sound whose timer was fading, or has run out meanwhile, is in the silence after it. */
const silenceFaded = (session: ActiveSession, savedAt: Millis, now: Millis): ActiveSession =>
  session.status === "playing" &&
  session.timer !== undefined &&
  isFaded(session, session.timer, now) &&
  hasGrace(session)
    ? { ...holdInGrace(session, session.timer, now), track: positionAt(session, savedAt) }
    : session;

const isFaded = (session: ActiveSession, timer: SleepTimer, now: Millis) =>
  !comesBackFading(session, now) && (timer.fading || (timer.kind === "at" && sleepPhase(timer, now) !== "armed"));

/**
 * Restores a session that was cut off: connects and continues at its position, or in silence where its timer was
 * fading or has run out meanwhile; without a grace, or after it, the session has ended. A fade as long as its timer goes
 * on in its first half.
 * @returns undefined when there is nothing to restore
 */
export const restoreSession = (before: Session, savedAt: Millis, now: Millis): Step | undefined => {
  if (before.status === "over" || now - savedAt > MAX_AGE) return undefined;
  const stored = silenceFaded(before, savedAt, now);
  const { timer } = stored;
  if (isInGrace(stored) && now >= graceEndsAt(stored)) return endSession(stored, "slept", stored.timer.endsAt);
  if (timer && !isInGrace(stored) && isFaded(stored, timer, now))
    return endSession(stored, stored.wakeUp ? "woken" : "slept", Math.min(timer.endsAt, now));
  const thawed = toRestorable(stored);
  const session: ActiveSession = {
    ...thawed,
    queue: thawed.queue.map(unprepared),
    // Listeners are only reported when they change: nobody before and nobody now is no change.
    aloneSince: thawed.listeners.length === 0 ? (thawed.aloneSince ?? now) : undefined,
    interrupted: undefined,
    connectsAt: undefined,
    // Nobody is to be startled: it rises over what is left of its time.
    ...(thawed.wakeUp && thawed.status === "waiting" && { riseOver: Math.max(MIN_RISE, thawed.wakeUp.fullAt - now) }),
  };
  const awaited: readonly QueueEntry[] = [
    ...(session.status === "waiting" ? [session.coming] : []),
    ...session.queue.slice(0, 1),
  ];
  const effects: readonly Effect[] = [
    ...initialPlayerSettings(session),
    ...(session.riseOver === undefined ? catchUpWithFade(session, now) : [sendToPlayer({ type: "fadeOut", over: 0 })]),
    sendToPlayer({ type: "join", channel: session.channel }),
    ...awaited.flatMap(prepareEffects),
  ];
  return stepTo(session, ...effects);
};
