import type { UserId } from "../kernel/ids.ts";
import type { Millis } from "../kernel/units.ts";
import { tooLong, tooShort } from "./duration.ts";
import type { MemberRequest } from "./events.ts";
import { continuePaused } from "./playback.ts";
import { nobodyListening } from "./refusals.ts";
import type { ActiveSession, PausedSession, SleepTimer } from "./session.ts";
import { isInGrace } from "./sleep.ts";
import { prependEffects, refuse, type Step, sendToPlayer, stay, stepTo } from "./step.ts";
import { EYES_CLOSED_EXTENSION, GRACE_RAMP, MAX_TIMER, VOLUME_RAMP } from "./timing.ts";
import { sessionGain, volumeLevel } from "./volume.ts";

/** The session as it comes back from the silence after its timer. */
interface Return {
  readonly by: UserId;
  /** How long the sound stays. */
  readonly extra: Millis;
  /** At a whisper, or at the volume that it had. */
  readonly volume: "whisper" | "as-before";
}

/**
 * Brings the sound back from the silence after the timer, on a slow ramp: others may have fallen
 * asleep. While nobody is there it comes back with the first to return.
 */
const returnFromGrace = (
  session: PausedSession & { readonly timer: SleepTimer },
  { by, extra, volume }: Return,
  now: Millis,
): Step => {
  const isWhisper = volume === "whisper";
  const { programme, ...rest } = session;
  const volumeDb = isWhisper ? Math.min(sessionGain(session), volumeLevel("whisper")) : session.volumeDb;
  const awake: PausedSession = {
    ...rest,
    ...(programme && !isWhisper && { programme }),
    why: "alone",
    volumeDb,
    timer: {
      kind: "at",
      endsAt: now + extra,
      fade: Math.min(session.rules.fade, extra / 2),
      by,
      fading: false,
      since: now,
    },
    riseOver: GRACE_RAMP,
  };
  const effects = [
    ...(isWhisper ? [sendToPlayer({ type: "setVolume", gainDb: volumeDb, over: VOLUME_RAMP })] : []),
    // Unless the player has faded, it is only held: what resumes would be there at once.
    ...(session.timer.fading ? [] : [sendToPlayer({ type: "fadeOut", over: 0 })]),
  ];
  return session.aloneSince === undefined
    ? prependEffects(effects, continuePaused(awake, now))
    : stepTo(awake, ...effects);
};

/** A listener who is still awake brings the sound back with their eyes closed. */
export const stirInGrace = (session: ActiveSession, listener: UserId, now: Millis): Step =>
  isInGrace(session) && session.rules.eyesClosed && session.listeners.includes(listener)
    ? returnFromGrace(session, { by: listener, extra: EYES_CLOSED_EXTENSION, volume: "whisper" }, now)
    : stay(session);

/**
 * What a request makes of the silence after the timer.
 * @returns the whole step; or `before`, the session in which the request is still to be decided
 */
export const requestInGrace = (
  session: ActiveSession,
  request: MemberRequest,
  now: Millis,
): { readonly step: Step } | { readonly before: Step } => {
  if (!isInGrace(session)) return { before: stay(session) };
  const back = (extra: Millis, volume: Return["volume"] = "whisper") =>
    returnFromGrace(session, { by: request.by, extra, volume }, now);
  switch (request.type) {
    case "resumed":
      return {
        step: session.aloneSince === undefined ? back(EYES_CLOSED_EXTENSION) : refuse(session, nobodyListening()),
      };
    case "sleepExtended":
      if (!(request.extra > 0)) return { step: refuse(session, tooShort()) };
      return { step: request.extra > MAX_TIMER ? refuse(session, tooLong()) : back(request.extra) };
    case "soundQueued":
    case "skipped":
    case "wentBack":
    case "sleepRequested":
    case "sleepAfterThisRequested":
    case "sleepCancelled":
      return { before: back(EYES_CLOSED_EXTENSION) };
    // A programme has a volume curve of its own, and begins softly.
    case "programmeStarted":
      return { before: back(EYES_CLOSED_EXTENSION, "as-before") };
    default:
      return { before: stay(session) };
  }
};
