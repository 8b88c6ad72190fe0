import type { Millis } from "../kernel/units.ts";
import type { Session } from "./session.ts";
import { isHeld } from "./sleep.ts";
import { LONGEST_ALONE, LONGEST_QUIET } from "./timing.ts";

/** When the session next wants to hear `clockTicked`, or undefined when no time matters to it. */
export const nextDeadline = (session: Session): Millis | undefined => {
  if (session.status === "over") return undefined;
  const { timer, aloneSince } = session;
  const deadlines = [
    ...(timer && !isHeld(session) ? [timer.fading ? timer.endsAt : timer.endsAt - timer.fade] : []),
    ...(aloneSince === undefined ? [] : [aloneSince + LONGEST_ALONE]),
    ...(session.status === "quiet" ? [session.since + LONGEST_QUIET] : []),
  ];
  return deadlines.length === 0 ? undefined : Math.min(...deadlines);
};
