import type { UserId } from "../kernel/ids.ts";
import type { Millis } from "../kernel/units.ts";
import { isReady } from "./mix.ts";
import { goOn, start, want } from "./playback.ts";
import type { LeaveReason } from "./protocol.ts";
import { comingOf, type Ending, type Live, type Session } from "./session.ts";
import { positionAt } from "./sleep.ts";
import { end, type Step, stay, tell, to } from "./step.ts";
import { LEAVE_RAMP, LONGEST_ALONE, LONGEST_QUIET, START_RAMP } from "./timing.ts";

const leftAlone = (session: Live, now: Millis): Step => {
  const alone = { ...session, listeners: [], aloneSince: session.aloneSince ?? now };
  return alone.status === "playing"
    ? to({ ...alone, status: "paused", why: "alone", track: positionAt(alone, now) }, tell({ type: "pause" }))
    : to(alone);
};

/** Somebody is there: what was held because nobody was goes on. */
export const returned = (session: Session, listeners: readonly UserId[], now: Millis): Step => {
  if (session.status === "over") return stay(session);
  const guests = [...new Set([...session.guests, ...listeners])];
  const here: Live = { ...session, listeners, guests, aloneSince: undefined };
  if (session.aloneSince === undefined) return to(here);
  const coming = comingOf(here);
  if (coming !== undefined && isReady(coming))
    return here.status === "waiting" ? start(here, coming, START_RAMP, now, here.from) : want(here, coming, now);
  return here.status === "paused" && here.why === "alone" ? goOn(here, now) : to(here);
};

export const listenersChanged = (session: Live, listeners: readonly UserId[], now: Millis): Step =>
  listeners.length === 0 ? leftAlone(session, now) : returned(session, listeners, now);

/** A room in which nobody listens, or nothing plays, is left after a while. */
export const checkPresence = (session: Live, now: Millis): Step => {
  const leave = tell({ type: "leave", over: LEAVE_RAMP });
  if (session.aloneSince !== undefined && now >= session.aloneSince + LONGEST_ALONE)
    return end(session, "alone", now, leave);
  if (session.status === "quiet" && now >= session.since + LONGEST_QUIET) return end(session, "quiet", now, leave);
  return stay(session);
};

const ENDINGS: Readonly<Record<LeaveReason, Ending>> = {
  asked: "disconnected",
  disconnected: "disconnected",
  "channel-gone": "channel-gone",
  "no-permission": "no-permission",
  unreachable: "unreachable",
};

/** The bot is out of the channel already: there is nothing to leave. */
export const thrownOut = (session: Live, why: LeaveReason, now: Millis): Step => end(session, ENDINGS[why], now);
