import type { UserId } from "../kernel/ids.ts";
import { type Decibels, framesIn, type Millis, millisIn } from "../kernel/units.ts";
import { tooLong, tooShort } from "./duration.ts";
import type { Effect } from "./effects.ts";
import { passLength, positionInPass } from "./mix.ts";
import { FADE_FLOOR } from "./protocol.ts";
import { extensionTooLong, noTimer, nothingToSleepAfter } from "./refusals.ts";
import { MAX_FADE, type SessionRules } from "./rules.ts";
import {
  type ActiveSession,
  type PausedSession,
  type PlayingSession,
  type RunningWakeUp,
  type Session,
  type SleepTimer,
  type Track,
  trackOf,
} from "./session.ts";
import { endSession, refuse, type Step, sendToPlayer, stay, stepTo } from "./step.ts";
import {
  DEADLINE_TOLERANCE,
  EYES_CLOSED_EXTENSION,
  FADE_IN_RAMP,
  LEAVE_RAMP,
  MAX_TIMER,
  MIN_PASS,
  WAKE_UP_FADE,
} from "./timing.ts";
import { sessionGain, volumeLevel } from "./volume.ts";

/** The phase of a timer. It depends on the time alone, never on how long something has waited. */
export const sleepPhase = ({ endsAt, fade }: SleepTimer, now: Millis): "armed" | "fading" | "over" =>
  now >= endsAt ? "over" : now >= endsAt - fade ? "fading" : "armed";

/**
 * Whether the timer is held: one that ends with the sound stops while the sound does, and does not begin to fade what
 * nobody has heard yet.
 */
export const isTimerHeld = ({ timer, ...session }: Session): boolean =>
  timer?.kind === "afterThis" && (session.status !== "playing" || (session.track.heard !== true && !timer.fading));

/** Whether the sleep timer has run out and the bot stays in silence for a while. */
export const isInGrace = (session: Session): session is PausedSession & { readonly timer: SleepTimer } =>
  session.status === "paused" && session.why === "grace" && session.timer !== undefined;

/** Whether a wake-up is silent for a while, because a listener has asked for it. */
export const isSnoozed = (session: Session): session is PausedSession & { readonly wakeUp: RunningWakeUp } =>
  session.status === "paused" && session.why === "snoozed" && session.wakeUp !== undefined;

/** When the bot leaves after the silence of a grace. */
export const graceEndsAt = ({ timer, rules }: { readonly timer: SleepTimer; readonly rules: SessionRules }): Millis =>
  timer.endsAt + rules.grace;

/**
 * The estimated position of the track now; the player's next report corrects it. It does not advance before the first
 * packet has gone out.
 */
export const positionAt = ({ track, interrupted }: PlayingSession, now: Millis): Track => {
  if (interrupted !== undefined || track.heard !== true) return { ...track, at: now };
  const position = track.position + framesIn(Math.max(0, now - track.at));
  return { ...track, position, at: now };
};

/** The session with its sound, and what was coming, held where they are; the player is to be told. */
export const hold = (session: PlayingSession, why: PausedSession["why"], now: Millis): PausedSession => ({
  ...session,
  status: "paused",
  why,
  track: positionAt(session, now),
  holdsComing: session.coming !== undefined,
});

/** What is left of its length, or of the current pass. */
const timeLeft = ({ entry, position }: Track): Millis => {
  const left = entry.lasts === undefined ? passLength(entry) - positionInPass(entry, position) : entry.lasts - position;
  return Math.max(MIN_PASS, millisIn(left));
};

/** A deadline that moves by less than this is left alone, so that panels are not edited for it. */
const MIN_DEADLINE_CHANGE: Millis = 1_500;

/** Moves a timer that ends with the sound to the end of the sound, as far as it is known. */
export const retargetTimer = (session: PlayingSession, now: Millis): PlayingSession => {
  const { timer } = session;
  if (timer?.kind !== "afterThis") return session;
  const left = timeLeft(positionAt(session, now));
  const moved = now + left - timer.endsAt;
  if (Math.abs(moved) < MIN_DEADLINE_CHANGE) return session;
  // Its beginning moves along: what was held does not count as time that has passed.
  const since = (timer.since ?? now) + moved;
  return { ...session, timer: { ...timer, endsAt: now + left, fade: Math.min(session.rules.fade, left), since } };
};

/** The fade over its remaining time: for a track that starts or resumes during the fade. */
export const resumeFade = (session: ActiveSession, now: Millis): readonly Effect[] =>
  session.timer?.fading ? [fadeOut(session, session.timer.endsAt, now)] : [];

/** Where the fade ends; undefined for silence. */
const fadeTarget = (session: ActiveSession): Decibels | undefined =>
  session.rules.timerEnd === "whisper" ? Math.min(0, volumeLevel("whisper") - sessionGain(session)) : undefined;

/** Fades to silence, or to a whisper if the sound continues. */
const fadeOut = (session: ActiveSession, endsAt: Millis, now: Millis): Effect => {
  const to = fadeTarget(session);
  return sendToPlayer({ type: "fadeOut", over: Math.max(0, endsAt - now), ...(to !== undefined && { to }) });
};

/**
 * Whether the sound of a fade comes back after a restart: in the first half of one that is as long as its timer. Who has
 * set that is awake, and would otherwise have silence in place of the hours that they asked for.
 */
export const comesBackFading = ({ timer, wakeUp }: ActiveSession, now: Millis): boolean => {
  if (timer?.kind !== "at" || !timer.fading || timer.since === undefined || wakeUp !== undefined) return false;
  const beganAt = timer.endsAt - timer.fade;
  return beganAt <= timer.since && now < beganAt + timer.fade / 2;
};

/** Brings a player that knows nothing to the level that the fade has come to. */
export const catchUpWithFade = (session: ActiveSession, now: Millis): readonly Effect[] => {
  const { timer } = session;
  if (!timer?.fading || isInGrace(session)) return [];
  const done = Math.min(1, Math.max(0, 1 - (timer.endsAt - now) / timer.fade));
  return [sendToPlayer({ type: "fadeOut", over: 0, to: (fadeTarget(session) ?? FADE_FLOOR) * done })];
};

const cancelFade = (session: ActiveSession): readonly Effect[] =>
  session.timer?.fading ? [sendToPlayer({ type: "fadeIn", over: FADE_IN_RAMP })] : [];

/**
 * Sets a timer in place of the current one; a running fade continues from its level, or is
 * reversed. A wake-up fades at its very end alone, however long the guild's fades are.
 */
const setTimer = (session: ActiveSession, wanted: Omit<SleepTimer, "fading">, now: Millis): Step => {
  const since = wanted.since ?? now;
  const timer = session.wakeUp === undefined ? wanted : { ...wanted, fade: Math.min(wanted.fade, WAKE_UP_FADE) };
  return sleepPhase({ ...timer, fading: false }, now) === "armed"
    ? stepTo({ ...session, timer: { ...timer, since, fading: false } }, ...cancelFade(session))
    : stepTo(
        { ...session, timer: { ...timer, since, fading: true }, riseOver: undefined },
        fadeOut(session, timer.endsAt, now),
      );
};

const endsAtRefusal = (endsAt: Millis, now: Millis) =>
  !(endsAt > now) ? tooShort() : endsAt - now > MAX_TIMER + DEADLINE_TOLERANCE ? tooLong() : undefined;

/**
 * Sets the sleep timer, or replaces it.
 * @param longest the longest fade
 */
export const requestSleep = (
  session: ActiveSession,
  by: UserId | undefined,
  endsAt: Millis,
  now: Millis,
  longest: Millis = session.rules.fade,
): Step => {
  const refusal = endsAtRefusal(endsAt, now);
  if (refusal !== undefined) return refuse(session, refusal);
  return setTimer(session, { kind: "at", endsAt, fade: Math.min(longest, endsAt - now), by }, now);
};

/** Sets the sleep timer to the end of the current sound. */
export const requestSleepAfterThis = (session: ActiveSession, by: UserId, now: Millis): Step => {
  const track = session.status === "playing" ? positionAt(session, now) : trackOf(session);
  if (track === undefined) return refuse(session, nothingToSleepAfter());
  const left = timeLeft(track);
  const timer = { kind: "afterThis", endsAt: now + left, fade: Math.min(session.rules.fade, left), by } as const;
  const held: ActiveSession = { ...session, timer: { ...timer, since: now, fading: false } };
  return isTimerHeld(held) ? stepTo(held, ...cancelFade(session)) : setTimer(session, timer, now);
};

/**
 * Extends the timer. During a fade, at most half of what is left fades, so that the sound comes
 * back first.
 */
export const extendSleep = (session: ActiveSession, by: UserId, extra: Millis, now: Millis): Step => {
  const { timer } = session;
  if (timer === undefined) return refuse(session, noTimer());
  const endsAt = Math.max(timer.endsAt, now) + extra;
  if (!(extra > 0)) return refuse(session, tooShort());
  if (endsAt - now > MAX_TIMER + DEADLINE_TOLERANCE)
    return refuse(session, extensionTooLong(MAX_TIMER - (timer.endsAt - now)));
  const left = endsAt - now;
  const longest = timer.fading || sleepPhase(timer, now) !== "armed" ? left / 2 : left;
  const since = timer.since ?? now;
  return setTimer(session, { kind: "at", endsAt, fade: Math.min(session.rules.fade, longest), by, since }, now);
};

/**
 * A listener who is still awake extends the timer without opening their eyes; only during the last
 * half hour of the fade.
 */
export const extendForListener = (session: ActiveSession, listener: UserId, now: Millis): Step => {
  const { timer, rules } = session;
  if (!timer?.fading || !rules.eyesClosed || !session.listeners.includes(listener)) return stay(session);
  if (now < timer.endsAt - MAX_FADE) return stay(session);
  const step = extendSleep(session, listener, EYES_CLOSED_EXTENSION, now);
  return step.refusal === undefined ? step : stay(session);
};

/** Leaves after the timer, with the listeners where the guild has chosen that. */
const leaveAsleep = (session: ActiveSession, endedAt: Millis, over: Millis): Step =>
  endSession(
    session,
    "slept",
    endedAt,
    sendToPlayer({ type: "leave", over }),
    ...(session.rules.timerEnd === "take-along"
      ? [{ type: "moveListeners", channel: session.channel, listeners: session.listeners } as const]
      : []),
  );

/** Leaves after a wake-up, whatever the guild has chosen for the end of its nights. */
export const endWakeUp = (session: ActiveSession, now: Millis, over: Millis): Step =>
  endSession(session, "woken", Math.min(now, session.timer?.endsAt ?? now), sendToPlayer({ type: "leave", over }));

/** Whether the bot stays in silence when the timer of this session runs out. */
export const hasGrace = ({ rules, wakeUp }: ActiveSession): boolean =>
  wakeUp === undefined && rules.timerEnd !== "whisper" && rules.grace > 0;

/** The session with its sound held, in the silence after its timer. */
export const holdInGrace = (session: PlayingSession, timer: SleepTimer, now: Millis): PausedSession => ({
  ...hold(session, "grace", now),
  timer: { ...timer, kind: "at", endsAt: Math.min(timer.endsAt, now), fade: 0 },
});

/** Ends the silence after the timer. The session has ended when it fell silent. */
export const endGrace = (session: ActiveSession): Step =>
  isInGrace(session) ? leaveAsleep(session, session.timer.endsAt, LEAVE_RAMP) : stay(session);

/**
 * The timer has ended: the bot leaves, at once or after a grace, or the sound continues at a
 * whisper.
 */
export const endSleepTimer = (session: ActiveSession, now: Millis, over: Millis): Step => {
  if (session.wakeUp !== undefined) return endWakeUp(session, now, over);
  if (session.status !== "playing") return leaveAsleep(session, Math.min(now, session.timer?.endsAt ?? now), over);
  if (session.rules.timerEnd !== "whisper")
    return session.timer !== undefined && hasGrace(session)
      ? stepTo(holdInGrace(session, session.timer, now), sendToPlayer({ type: "pause" }))
      : leaveAsleep(session, now, over);
  // The fade's gain is handed over to the volume; the two ramps, linear in dB, cancel out.
  const volumeDb = Math.min(sessionGain(session), volumeLevel("whisper"));
  return stepTo(
    { ...session, timer: undefined, programme: undefined, volumeDb },
    sendToPlayer({ type: "setVolume", gainDb: volumeDb, over: FADE_IN_RAMP }),
    ...cancelFade(session),
  );
};

/** Cancels the sleep timer. */
export const cancelSleep = (session: ActiveSession): Step =>
  session.timer === undefined
    ? refuse(session, noTimer())
    : stepTo({ ...session, timer: undefined }, ...cancelFade(session));

/** Starts the fade or ends the timer when it is time. */
export const checkSleep = (session: ActiveSession, now: Millis): Step => {
  const { timer } = session;
  if (isInGrace(session)) return now >= graceEndsAt(session) ? endGrace(session) : stay(session);
  if (timer === undefined || isTimerHeld(session)) return stay(session);
  switch (sleepPhase(timer, now)) {
    case "armed":
      return stay(session);
    case "fading":
      return timer.fading ? stay(session) : setTimer(session, timer, now);
    case "over":
      return endSleepTimer(session, now, LEAVE_RAMP);
  }
};
