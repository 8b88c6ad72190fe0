import type { UserId } from "../kernel/ids.ts";
import type { Millis } from "../kernel/units.ts";
import { isReady } from "./mix.ts";
import { continuePaused, playWhenReady, startEntry } from "./playback.ts";
import type { LeaveReason } from "./protocol.ts";
import { isKept } from "./quietHours.ts";
import { type ActiveSession, comingOf, type EndReason, type Session } from "./session.ts";
import { endGrace, endWakeUp, isInGrace, positionAt } from "./sleep.ts";
import { endSession, type Step, sendToPlayer, stay, stepTo } from "./step.ts";
import { LEAVE_RAMP, MAX_ALONE, MAX_IDLE, START_RAMP } from "./timing.ts";

const allListenersLeft = (session: ActiveSession, now: Millis): Step => {
  if (session.wakeUp !== undefined && session.listeners.length > 0) return endWakeUp(session, now, LEAVE_RAMP);
  const alone = { ...session, listeners: [], aloneSince: session.aloneSince ?? now };
  return alone.status === "playing"
    ? stepTo(
        { ...alone, status: "paused", why: "alone", track: positionAt(alone, now) },
        sendToPlayer({ type: "pause" }),
      )
    : stepTo(alone);
};

/** Somebody is there: resumes what was held because nobody was. */
export const listenersPresent = (session: Session, listeners: readonly UserId[], now: Millis): Step => {
  if (session.status === "over") return stay(session);
  const guests = [...new Set([...session.guests, ...listeners])];
  const here: ActiveSession = { ...session, listeners, guests, aloneSince: undefined };
  if (session.aloneSince === undefined) return stepTo(here);
  if (isInGrace(here)) return stepTo(here);
  const coming = comingOf(here);
  if (coming !== undefined && isReady(coming))
    return here.status === "waiting"
      ? startEntry(here, coming, START_RAMP, now, here)
      : playWhenReady(here, coming, now);
  return here.status === "paused" && here.why === "alone" ? continuePaused(here, now) : stepTo(here);
};

/** The listeners have changed: pauses an empty session, resumes it with the first to return. */
export const listenersChanged = (session: ActiveSession, listeners: readonly UserId[], now: Millis): Step =>
  listeners.length === 0 ? allListenersLeft(session, now) : listenersPresent(session, listeners, now);

/** Leaves a channel in which nobody has listened, or nothing has played, for a while. */
export const checkPresence = (session: ActiveSession, now: Millis): Step => {
  if (isInGrace(session)) return stay(session);
  const leave = sendToPlayer({ type: "leave", over: LEAVE_RAMP });
  if (session.resting) return isKept(session, now) ? stay(session) : endSession(session, "alone", now, leave);
  if (session.aloneSince !== undefined && now >= session.aloneSince + MAX_ALONE)
    return endSession(session, "alone", now, leave);
  if (session.status === "quiet" && now >= session.since + MAX_IDLE) return endSession(session, "quiet", now, leave);
  return stay(session);
};

/** Something is to begin in another channel: ends what nobody hears. */
export const leaveForAnother = (session: ActiveSession, now: Millis): Step => {
  if (isInGrace(session)) return endGrace(session);
  return session.listeners.length > 0
    ? stay(session)
    : endSession(session, "alone", now, sendToPlayer({ type: "leave", over: LEAVE_RAMP }));
};

/** Another of our sessions plays in the channel already: two would be heard at once. */
export const leaveTakenChannel = (session: ActiveSession, now: Millis): Step =>
  endSession(session, "disconnected", now, sendToPlayer({ type: "leave", over: LEAVE_RAMP }));

const END_REASONS: Readonly<Record<LeaveReason, EndReason>> = {
  asked: "disconnected",
  disconnected: "disconnected",
  "channel-gone": "channel-gone",
  "no-permission": "no-permission",
  unreachable: "unreachable",
};

/** Ends the session after the bot has left the channel: there is nothing to leave. */
export const botLeftChannel = (session: ActiveSession, why: LeaveReason, now: Millis): Step =>
  endSession(session, END_REASONS[why], now);
