import type { Millis } from "../kernel/units.ts";
import type { MemberRequest } from "./events.ts";
import { nothingPlaying } from "./refusals.ts";
import type { ActiveSession } from "./session.ts";
import { startQuietHoursTimer } from "./settings.ts";
import { prependEffects, refuse, type Step } from "./step.ts";

const STARTS: ReadonlySet<MemberRequest["type"]> = new Set([
  "soundQueued",
  "programmeStarted",
  "wakeUpStarted",
  "quietChannelEntered",
]);

/**
 * A request while the bot waits in silence: what starts something begins a session as if there had been none, and
 * nothing else is possible.
 */
export const requestAtRest = (
  session: ActiveSession,
  request: MemberRequest,
  now: Millis,
  decide: (session: ActiveSession, request: MemberRequest, now: Millis) => Step,
): Step => {
  if (session.status !== "quiet" || !session.resting) return decide(session, request, now);
  if (!STARTS.has(request.type)) return refuse(session, nothingPlaying());
  const { resting: _, ...rest } = session;
  const panel = "panel" in request ? request.panel : session.panel;
  const woken: ActiveSession = { ...rest, panel, startedAt: now, since: now, guests: session.listeners };
  const step = decide(woken, request, now);
  if (step.refusal !== undefined || step.session.status === "over" || !step.session.quietNow) return step;
  return prependEffects(step.effects, startQuietHoursTimer(step.session, now));
};
