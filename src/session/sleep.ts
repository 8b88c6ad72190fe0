import type { UserId } from "../kernel/ids.ts";
import { framesIn, type Millis, millisIn } from "../kernel/units.ts";
import { tooLong, tooShort } from "./duration.ts";
import type { Effect } from "./effects.ts";
import { noTimer, nothingToSleepAfter } from "./refusals.ts";
import { type Live, type Playing, type Session, type SleepTimer, type Track, trackOf } from "./session.ts";
import { end, refuse, type Step, stay, tell, to } from "./step.ts";
import { FURTHEST_SLEEP, LEAVE_RAMP, RETURN_RAMP, SHORTEST_PASS } from "./timing.ts";

/** A step of the clock, and a hand that is slow to type, must not turn the longest timer into a refusal. */
const SLACK: Millis = 60_000;

/** Where a timer stands. It is never told by what has been waited, only by the time. */
export const sleepPhase = ({ endsAt, fade }: SleepTimer, now: Millis): "armed" | "fading" | "over" =>
  now >= endsAt ? "over" : now >= endsAt - fade ? "fading" : "armed";

/** A timer that ends with the sound stands still while the sound does. */
export const isHeld = (session: Session): boolean =>
  session.timer?.kind === "afterThis" && session.status !== "playing";

/** Where the track is by now; the engine's next report corrects it. */
export const positionAt = ({ track, interrupted }: Playing, now: Millis): Track => {
  if (interrupted !== undefined) return { ...track, at: now };
  const { length } = track.entry.ready;
  const position = (track.position + framesIn(Math.max(0, now - track.at))) % Math.max(1, length);
  return { ...track, position, at: now };
};

const leftOf = ({ entry, position }: Track): Millis => Math.max(SHORTEST_PASS, millisIn(entry.ready.length - position));

/** A deadline that moves by less than this is left where it is, and so is what panels show of it. */
const UNSEEN: Millis = 1_500;

/** Lets a timer that ends with the sound end where the sound does, as far as is known now. */
export const aimAtPass = (session: Playing, now: Millis): Playing => {
  const { timer } = session;
  if (timer?.kind !== "afterThis") return session;
  const left = leftOf(positionAt(session, now));
  if (Math.abs(now + left - timer.endsAt) < UNSEEN) return session;
  return { ...session, timer: { ...timer, endsAt: now + left, fade: Math.min(session.fade, left) } };
};

/** The fade over what is left of it: for a track that begins, or comes back, while the room fades. */
export const fadeAgain = ({ timer }: Live, now: Millis): readonly Effect[] =>
  timer?.fading ? [tell({ type: "fadeOut", over: Math.max(0, timer.endsAt - now) })] : [];

const comeBack = (session: Live): readonly Effect[] =>
  session.timer?.fading ? [tell({ type: "fadeIn", over: RETURN_RAMP })] : [];

/** Sets a timer in place of what was set; a fade that is under way goes on from where it is, or is taken back. */
const set = (session: Live, timer: Omit<SleepTimer, "fading">, now: Millis): Step =>
  sleepPhase({ ...timer, fading: false }, now) === "armed"
    ? to({ ...session, timer: { ...timer, fading: false } }, ...comeBack(session))
    : to(
        { ...session, timer: { ...timer, fading: true } },
        tell({ type: "fadeOut", over: Math.max(0, timer.endsAt - now) }),
      );

const refusalOf = (endsAt: Millis, now: Millis) =>
  !(endsAt > now) ? tooShort() : endsAt - now > FURTHEST_SLEEP + SLACK ? tooLong() : undefined;

export const requestSleep = (session: Live, by: UserId, endsAt: Millis, now: Millis): Step => {
  const refusal = refusalOf(endsAt, now);
  if (refusal !== undefined) return refuse(session, refusal);
  return set(session, { kind: "at", endsAt, fade: Math.min(session.fade, endsAt - now), by }, now);
};

export const requestSleepAfterThis = (session: Live, by: UserId, now: Millis): Step => {
  const track = session.status === "playing" ? positionAt(session, now) : trackOf(session);
  if (track === undefined) return refuse(session, nothingToSleepAfter());
  const left = leftOf(track);
  const timer = { kind: "afterThis", endsAt: now + left, fade: Math.min(session.fade, left), by } as const;
  return session.status === "paused"
    ? to({ ...session, timer: { ...timer, fading: false } }, ...comeBack(session))
    : set(session, timer, now);
};

/** From where the timer stands. Out of a fade, at most half of what is left fades, so that the sound is back first. */
export const extendSleep = (session: Live, by: UserId, extra: Millis, now: Millis): Step => {
  const { timer } = session;
  if (timer === undefined) return refuse(session, noTimer());
  const endsAt = Math.max(timer.endsAt, now) + extra;
  const refusal = extra > 0 ? refusalOf(endsAt, now) : tooShort();
  if (refusal !== undefined) return refuse(session, refusal);
  const left = endsAt - now;
  const longest = timer.fading || sleepPhase(timer, now) !== "armed" ? left / 2 : left;
  return set(session, { kind: "at", endsAt, fade: Math.min(session.fade, longest), by }, now);
};

export const cancelSleep = (session: Live): Step =>
  session.timer === undefined ? refuse(session, noTimer()) : to({ ...session, timer: undefined }, ...comeBack(session));

/** What the time asks of the timer. */
export const checkSleep = (session: Live, now: Millis): Step => {
  const { timer } = session;
  if (timer === undefined || isHeld(session)) return stay(session);
  switch (sleepPhase(timer, now)) {
    case "armed":
      return stay(session);
    case "fading":
      return timer.fading ? stay(session) : set(session, timer, now);
    case "over":
      return end(session, "slept", now, tell({ type: "leave", over: LEAVE_RAMP }));
  }
};
