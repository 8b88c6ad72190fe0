import type { ChannelId, UserId, WakeUpId } from "../kernel/ids.ts";
import type { Millis } from "../kernel/units.ts";
import { ceilingOf } from "./changeVolume.ts";
import { assignEntryId, continuePaused, playWhenReady, requeueComing } from "./playback.ts";
import { playingElsewhere, queueFull, wakeUpOver } from "./refusals.ts";
import { type ActiveSession, MAX_QUEUE, type PlayRequest, type SleepTimer } from "./session.ts";
import { hold, isSnoozed } from "./sleep.ts";
import { prependEffects, refuse, type Step, sendToPlayer, stay, stepTo } from "./step.ts";
import { MAX_SNOOZES, MIN_RISE, SNOOZE, SNOOZE_RISE, VOLUME_RAMP, WAKE_UP_FADE, WAKE_UP_LENGTH } from "./timing.ts";
import { sessionGain, volumeLevel } from "./volume.ts";

/** The time of a wake-up has come. */
export interface WakeUpStarted {
  readonly type: "wakeUpStarted";
  readonly by: UserId;
  readonly wakeUp: WakeUpId;
  readonly request: PlayRequest;
  /** When the sound is to have risen. */
  readonly fullAt: Millis;
  readonly channel: ChannelId;
  readonly panel: ChannelId;
}

const endOf = (fullAt: Millis, now: Millis): Millis => Math.max(fullAt, now) + WAKE_UP_LENGTH;

/** Of two wake-ups at once, the sound of the first stays, and lasts as long as both. */
const joinWakeUp = (session: ActiveSession, { fullAt }: WakeUpStarted, now: Millis): Step => {
  const { timer } = session;
  const endsAt = endOf(fullAt, now);
  return timer?.kind !== "at" || timer.fading || timer.endsAt >= endsAt
    ? stay(session)
    : stepTo({ ...session, timer: { ...timer, endsAt } });
};

/**
 * Starts a wake-up: its sound rises from silence, or takes the place of what plays and rises from
 * there, to *normal* or the guild's ceiling.
 */
export const startWakeUp = (session: ActiveSession, event: WakeUpStarted, now: Millis): Step => {
  if (now >= event.fullAt + WAKE_UP_LENGTH) return refuse(session, wakeUpOver());
  const elsewhere = event.channel !== session.channel;
  if (elsewhere && session.listeners.length > 0) return refuse(session, playingElsewhere(session.channel));
  if (session.wakeUp !== undefined) return joinWakeUp(session, event, now);
  const waiting = requeueComing(session);
  if (waiting.queue.length > MAX_QUEUE) return refuse(session, queueFull());
  const rise = Math.max(MIN_RISE, event.fullAt - now);
  const timer: SleepTimer = {
    kind: "at",
    endsAt: endOf(event.fullAt, now),
    fade: WAKE_UP_FADE,
    by: event.by,
    fading: false,
    since: now,
  };
  const isHeard = session.status === "playing";
  const { programme: _, riseOver: _rise, ...rest } = waiting;
  const [numbered, entry] = assignEntryId(rest as ActiveSession, { ...event.request, by: event.by });
  const begun = {
    ...numbered,
    ...(numbered.status === "paused" && { why: "alone", holdsComing: false }),
    channel: event.channel,
    // What is left of the night's queue does not follow the wake-up.
    loop: "one",
    volumeDb: Math.min(volumeLevel("normal"), ceilingOf(session)),
    timer,
    wakeUp: { id: event.wakeUp, by: event.by, fullAt: event.fullAt, snoozes: 0 },
    ...(!isHeard && { riseOver: rise }),
    // Nobody has to be there yet; the session waits for the first listener.
    ...(session.listeners.length === 0 && { aloneSince: session.aloneSince ?? now }),
  } as ActiveSession;
  const joined = elsewhere ? [sendToPlayer({ type: "join", channel: event.channel })] : [];
  const gainDb = sessionGain(begun);
  const levelled = isHeard
    ? [
        sendToPlayer({ type: "setVolume", gainDb, over: rise }),
        ...(session.timer?.fading ? [sendToPlayer({ type: "fadeIn", over: rise })] : []),
      ]
    : [sendToPlayer({ type: "fadeOut", over: 0 }), sendToPlayer({ type: "setVolume", gainDb, over: VOLUME_RAMP })];
  return prependEffects([...joined, ...levelled], playWhenReady(begun, entry, now));
};

/** The silence does not shorten the wake-up; a timer that is far away stays as a member has set it. */
const afterSnooze = (timer: SleepTimer, now: Millis): SleepTimer => {
  const longest = Math.max(timer.endsAt, now + SNOOZE + WAKE_UP_LENGTH);
  return timer.kind === "at" ? { ...timer, endsAt: Math.min(timer.endsAt + SNOOZE, longest) } : timer;
};

/** A listener who mutes themselves wants to sleep a little longer. */
export const snooze = (session: ActiveSession, listener: UserId, now: Millis): Step => {
  const { wakeUp, timer } = session;
  if (session.status !== "playing" || wakeUp === undefined || !session.listeners.includes(listener))
    return stay(session);
  if (wakeUp.snoozes >= MAX_SNOOZES || timer?.fading) return stay(session);
  return stepTo(
    {
      ...hold(session, "snoozed", now),
      wakeUp: { ...wakeUp, snoozes: wakeUp.snoozes + 1, snoozedUntil: now + SNOOZE },
      timer: timer && afterSnooze(timer, now),
    },
    sendToPlayer({ type: "pause" }),
  );
};

/** Ends the silence that a listener asked for: the sound rises again. */
export const checkSnooze = (session: ActiveSession, now: Millis): Step => {
  if (!isSnoozed(session) || now < (session.wakeUp.snoozedUntil ?? 0)) return stay(session);
  const { snoozedUntil: _, ...wakeUp } = session.wakeUp;
  // Where it is to end within this minute it stays silent: a rise would undo the fade.
  const riseOver = session.timer?.fading ? undefined : SNOOZE_RISE;
  return prependEffects(
    [sendToPlayer({ type: "fadeOut", over: 0 })],
    continuePaused({ ...session, why: "asked", wakeUp, riseOver }, now),
  );
};
