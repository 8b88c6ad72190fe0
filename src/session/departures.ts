import type { UserId } from "../kernel/ids.ts";
import type { Millis } from "../kernel/units.ts";
import { tooLong, tooShort } from "./duration.ts";
import type { Effect } from "./effects.ts";
import { noDeparture } from "./refusals.ts";
import type { ActiveSession } from "./session.ts";
import { refuse, type Step, stay, stepTo } from "./step.ts";
import { DEADLINE_TOLERANCE, MAX_TIMER } from "./timing.ts";

/** A member's own timer: the session continues. @param at undefined cancels it */
export const setDeparture = (session: ActiveSession, user: UserId, at: Millis | undefined, now: Millis): Step => {
  const others = session.departures.filter((one) => one.user !== user);
  if (at === undefined)
    return others.length === session.departures.length
      ? refuse(session, noDeparture())
      : stepTo({ ...session, departures: others });
  if (!(at > now)) return refuse(session, tooShort());
  if (at - now > MAX_TIMER + DEADLINE_TOLERANCE) return refuse(session, tooLong());
  return stepTo({ ...session, departures: [...others, { user, at }] });
};

/** Disconnects a listener now; a timer of their own has nothing left to do. */
export const leaveQuietly = (session: ActiveSession, user: UserId): Step =>
  session.listeners.includes(user)
    ? stepTo(
        { ...session, departures: session.departures.filter((one) => one.user !== user) },
        { type: "disconnectMember", user },
      )
    : stay(session);

/** Disconnects members whose timer has run out, if they are still there. */
export const checkDepartures = (session: ActiveSession, now: Millis): Step => {
  const due = session.departures.filter(({ at }) => at <= now);
  if (due.length === 0) return stay(session);
  const effects: readonly Effect[] = due
    .filter(({ user }) => session.listeners.includes(user))
    .map(({ user }) => ({ type: "disconnectMember", user }));
  return stepTo({ ...session, departures: session.departures.filter(({ at }) => at > now) }, ...effects);
};
