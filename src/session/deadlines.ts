import { type Millis, millisIn } from "../kernel/units.ts";
import { isReady, onceDeadlines } from "./mix.ts";
import { nextLevelAt } from "./programme.ts";
import { isKept, nextQuietChange } from "./quietHours.ts";
import type { ActiveSession, Session } from "./session.ts";
import { graceEndsAt, isInGrace, isSnoozed, isTimerHeld } from "./sleep.ts";
import { MAX_ALONE, MAX_IDLE } from "./timing.ts";

/**
 * When the current entry has played for its requested length; no deadline while nothing can follow
 * it.
 */
const entryDeadline = (session: ActiveSession): readonly Millis[] => {
  if (session.status !== "playing" || session.interrupted !== undefined) return [];
  const { entry, position, at, heard } = session.track;
  if (session.loop === "one" && !entry.interlude) return [];
  if (session.coming !== undefined || session.timer?.kind === "afterThis") return [];
  if (heard !== true) return [];
  const [head] = session.queue;
  const canFollow = head === undefined ? entry.interlude : isReady(head);
  return entry.lasts === undefined || !canFollow ? [] : [at + millisIn(entry.lasts - position)];
};

/** When the sleep timer begins to fade, ends, or the grace after it is over. */
const timerDeadline = (session: ActiveSession): readonly Millis[] => {
  if (isInGrace(session)) return [graceEndsAt(session)];
  const { timer } = session;
  if (timer === undefined || isTimerHeld(session)) return [];
  return [timer.fading ? timer.endsAt : timer.endsAt - timer.fade];
};

/** When the bot leaves a quiet channel in which nobody is. */
const restingDeadline = (session: Session, now: Millis): readonly Millis[] => {
  if (!isKept(session, now)) return [now];
  const { hours } = session.rules.quietChannel ?? {};
  return hours === undefined ? [] : [nextQuietChange(hours, now)];
};

const earliest = (deadlines: readonly Millis[]): Millis | undefined =>
  deadlines.length === 0 ? undefined : Math.min(...deadlines);

/** When the session next needs `clockTicked`; undefined if nothing depends on the time. */
export const nextDeadline = (session: Session, now: Millis): Millis | undefined => {
  if (session.status === "over") return undefined;
  const quietChanges = session.rules.quiet === undefined ? [] : [nextQuietChange(session.rules.quiet, now)];
  if (session.resting) return earliest([...quietChanges, ...restingDeadline(session, now)]);
  const { aloneSince } = session;
  return earliest([
    ...timerDeadline(session),
    ...(aloneSince === undefined || isInGrace(session) ? [] : [aloneSince + MAX_ALONE]),
    ...(isSnoozed(session) ? [session.wakeUp.snoozedUntil ?? now] : []),
    ...session.departures.map(({ at }) => at),
    ...quietChanges,
    ...entryDeadline(session),
    ...nextLevelAt(session),
    ...onceDeadlines(session),
    ...(session.status === "quiet" ? [session.since + MAX_IDLE] : []),
  ]);
};
