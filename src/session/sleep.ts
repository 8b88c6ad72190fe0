import type { UserId } from "../kernel/ids.ts";
import { framesIn, type Millis, millisIn } from "../kernel/units.ts";
import { tooLong, tooShort } from "./duration.ts";
import type { Effect } from "./effects.ts";
import { gainOfRoom, levelOf } from "./loudness.ts";
import { passOf } from "./mix.ts";
import { noTimer, nothingToSleepAfter } from "./refusals.ts";
import { type Live, type Playing, type Session, type SleepTimer, type Track, trackOf } from "./session.ts";
import { end, refuse, type Step, stay, tell, to } from "./step.ts";
import { EYES_CLOSED, FURTHEST_SLEEP, LEAVE_RAMP, RETURN_RAMP, SHORTEST_PASS } from "./timing.ts";

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
  const position = track.position + framesIn(Math.max(0, now - track.at));
  return { ...track, position, at: now };
};

/** What is left of its length, or of the pass that is heard. */
const leftOf = ({ entry, position }: Track): Millis => {
  const pass = passOf(entry);
  const left = entry.lasts === undefined ? pass - (position % pass) : entry.lasts - position;
  return Math.max(SHORTEST_PASS, millisIn(left));
};

/** A deadline that moves by less than this is left where it is, and so is what panels show of it. */
const UNSEEN: Millis = 1_500;

/** Lets a timer that ends with the sound end where the sound does, as far as is known now. */
export const aimAtPass = (session: Playing, now: Millis): Playing => {
  const { timer } = session;
  if (timer?.kind !== "afterThis") return session;
  const left = leftOf(positionAt(session, now));
  if (Math.abs(now + left - timer.endsAt) < UNSEEN) return session;
  return { ...session, timer: { ...timer, endsAt: now + left, fade: Math.min(session.rules.fade, left) } };
};

/** The fade over what is left of it: for a track that begins, or comes back, while the room fades. */
export const fadeAgain = (session: Live, now: Millis): readonly Effect[] =>
  session.timer?.fading ? [fadeOut(session, session.timer.endsAt, now)] : [];

/** To silence; or, where the room goes on at a whisper, to that. */
const fadeOut = (session: Live, endsAt: Millis, now: Millis): Effect =>
  tell({
    type: "fadeOut",
    over: Math.max(0, endsAt - now),
    ...(session.rules.timerEnd === "whisper" && { to: Math.min(0, levelOf("whisper") - gainOfRoom(session)) }),
  });

const comeBack = (session: Live): readonly Effect[] =>
  session.timer?.fading ? [tell({ type: "fadeIn", over: RETURN_RAMP })] : [];

/** Sets a timer in place of what was set; a fade that is under way goes on from where it is, or is taken back. */
const set = (session: Live, timer: Omit<SleepTimer, "fading">, now: Millis): Step =>
  sleepPhase({ ...timer, fading: false }, now) === "armed"
    ? to({ ...session, timer: { ...timer, fading: false } }, ...comeBack(session))
    : to({ ...session, timer: { ...timer, fading: true } }, fadeOut(session, timer.endsAt, now));

const refusalOf = (endsAt: Millis, now: Millis) =>
  !(endsAt > now) ? tooShort() : endsAt - now > FURTHEST_SLEEP + SLACK ? tooLong() : undefined;

export const requestSleep = (session: Live, by: UserId | undefined, endsAt: Millis, now: Millis): Step => {
  const refusal = refusalOf(endsAt, now);
  if (refusal !== undefined) return refuse(session, refusal);
  return set(session, { kind: "at", endsAt, fade: Math.min(session.rules.fade, endsAt - now), by }, now);
};

export const requestSleepAfterThis = (session: Live, by: UserId, now: Millis): Step => {
  const track = session.status === "playing" ? positionAt(session, now) : trackOf(session);
  if (track === undefined) return refuse(session, nothingToSleepAfter());
  const left = leftOf(track);
  const timer = { kind: "afterThis", endsAt: now + left, fade: Math.min(session.rules.fade, left), by } as const;
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
  return set(session, { kind: "at", endsAt, fade: Math.min(session.rules.fade, longest), by }, now);
};

/** Somebody who lies awake gives the room more time without opening an eye; only while it fades. */
export const stir = (session: Live, listener: UserId, now: Millis): Step => {
  const { timer, rules } = session;
  if (!timer?.fading || !rules.eyesClosed || !session.listeners.includes(listener)) return stay(session);
  const step = extendSleep(session, listener, EYES_CLOSED, now);
  return step.refusal === undefined ? step : stay(session);
};

/** The timer is over: the room is left, or whispers on. */
export const fallAsleep = (session: Live, now: Millis, over: Millis): Step => {
  const leave = tell({ type: "leave", over });
  if (session.rules.timerEnd === "take-along")
    return end(session, "slept", now, leave, {
      type: "takeAlong",
      channel: session.channel,
      listeners: session.listeners,
    });
  if (session.rules.timerEnd === "leave" || session.status !== "playing") return end(session, "slept", now, leave);
  // The fade's own gain is handed over to the room's loudness; the two ramps, even in dB, add up to no change.
  const loudnessDb = Math.min(gainOfRoom(session), levelOf("whisper"));
  return to(
    { ...session, timer: undefined, programme: undefined, loudnessDb },
    tell({ type: "setLoudness", gainDb: loudnessDb, over: RETURN_RAMP }),
    ...comeBack(session),
  );
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
      return fallAsleep(session, now, LEAVE_RAMP);
  }
};
