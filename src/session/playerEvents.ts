import type { PlayableSound } from "../catalogue/sound.ts";
import { type Message, message, named } from "../i18n/message.ts";
import type { ChannelId, EntryId, SoundId } from "../kernel/ids.ts";
import type { Frames, Millis } from "../kernel/units.ts";
import { hasEnd, isReady, replaceEntry, updateMix, withoutLayer, withReady } from "./mix.ts";
import { makeRoomFor, playNextInQueue, playNextOrIdle, playWhenReady, startEntry } from "./playback.ts";
import { botLeftChannel } from "./presence.ts";
import type { HeardTakes, PlayerEvent } from "./protocol.ts";
import {
  type ActiveSession,
  baseOf,
  comingOf,
  type PlayingSession,
  type QueueEntry,
  type Session,
  trackOf,
} from "./session.ts";
import { endGrace, endSleepTimer, isInGrace, positionAt, retargetTimer, sleepPhase } from "./sleep.ts";
import { prependEffects, type Step, sendToPlayer, stay, stepTo } from "./step.ts";
import { CROSSFADE, START_RAMP } from "./timing.ts";

/** A sound that the session requested is ready to be played. */
export const soundPrepared = (session: ActiveSession, id: EntryId, sound: PlayableSound, now: Millis): Step => {
  const entry = entryOf(session, id);
  if (entry === undefined || !entry.layers.some((layer) => layer.sound.id === sound.id)) return stay(session);
  return applyPreparedEntry(session, withReady(entry, sound, now), now);
};

const entryOf = (session: ActiveSession, id: EntryId): QueueEntry | undefined =>
  [trackOf(session)?.entry, comingOf(session), ...session.queue].find((entry) => entry?.id === id);

/** An entry with another layer prepared; played once all layers are. */
const applyPreparedEntry = (session: ActiveSession, entry: QueueEntry, now: Millis): Step => {
  if (trackOf(session)?.entry.id === entry.id) return updateMix(session, entry);
  if (comingOf(session)?.id !== entry.id || !isReady(entry)) return stepTo(replaceEntry(session, entry));
  if (session.status === "paused" && session.holdsComing) return stepTo({ ...session, coming: entry });
  if (session.status !== "waiting") return playWhenReady(session, entry, now);
  return session.aloneSince === undefined
    ? startEntry(session, entry, START_RAMP, now, session)
    : stepTo({ ...session, coming: entry });
};

/** Plays the rest of a mix without the layer that failed. */
export const preparationFailed = (
  session: ActiveSession,
  id: EntryId,
  sound: SoundId,
  reason: Message,
  now: Millis,
): Step => {
  const entry = entryOf(session, id);
  if (entry === undefined || !entry.layers.some((layer) => layer.sound.id === sound)) return stay(session);
  const rest = withoutLayer(entry, sound);
  return rest === undefined
    ? dropEntry(session, id, reason, now)
    : applyPreparedEntry({ ...session, note: reason }, rest, now);
};

/**
 * Plays the head of the queue; the track does not come round again. Where nothing in a repeating queue may be played,
 * each would give way to the next without end.
 */
const playNextWithout = (session: ActiveSession, now: Millis): Step | undefined => {
  const { loop, programme } = session;
  const once: ActiveSession = {
    ...session,
    loop: loop === "all" ? "off" : loop,
    ...(programme && { programme: { ...programme, goesRound: false } }),
  };
  const step = playNextInQueue(once, now);
  return step && { ...step, session: { ...step.session, loop, ...(programme && { programme }) } as Session };
};

const dropEntry = (session: ActiveSession, id: EntryId, reason: Message, now: Millis): Step => {
  // The failed track gives way to the next entry; a sleeping channel is not left in silence.
  if (trackOf(session)?.entry.id === id && isInGrace(session)) return endGrace(session);
  if (trackOf(session)?.entry.id === id) return playNextWithout({ ...session, note: reason }, now) ?? stay(session);
  const coming = comingOf(session);
  if (coming?.id === id) {
    if (session.status !== "playing" && session.status !== "paused")
      return playNextOrIdle({ ...session, note: reason }, now);
    return stepTo({ ...session, note: reason, coming: undefined });
  }
  const queue = session.queue.filter((entry) => entry.id !== id);
  return queue.length === session.queue.length ? stay(session) : stepTo({ ...session, queue, note: reason });
};

/**
 * The current track ends: the queue continues, unless the sound loops or the timer ends with it.
 * What has an end is begun again where it is to be repeated.
 */
const passEnding = (session: ActiveSession, now: Millis): Step => {
  if (session.status !== "playing" || session.coming !== undefined) return stay(session);
  const { entry } = session.track;
  if (entry.lasts !== undefined) return stay(session);
  // What has an end does not come round by itself.
  const repeats = session.loop === "one" || (session.loop === "all" && session.queue.length === 0);
  if (repeats && hasEnd(entry) && session.timer?.kind !== "afterThis")
    return startEntry(session, entry, CROSSFADE, now);
  return crossfadeToNext(session, now);
};

/** The current entry has played for its requested length. */
export const checkLength = (session: ActiveSession, now: Millis): Step => {
  if (session.status !== "playing" || session.coming !== undefined) return stay(session);
  const { lasts } = session.track.entry;
  return lasts === undefined || positionAt(session, now).position < lasts
    ? stay(session)
    : crossfadeToNext(session, now);
};

const crossfadeToNext = (session: PlayingSession, now: Millis): Step => {
  const { interlude } = session.track.entry;
  if ((session.loop === "one" && !interlude) || session.timer?.kind === "afterThis") return stay(session);
  const [head, ...queue] = session.queue;
  if (head === undefined && interlude)
    return stepTo({ ...baseOf(session), status: "quiet", since: now }, sendToPlayer({ type: "stop", over: CROSSFADE }));
  // If the next entry is not prepared yet, the current one plays another pass instead of silence.
  return head !== undefined && isReady(head)
    ? startEntry(makeRoomFor({ ...session, queue }, head, now), head, CROSSFADE, now)
    : stay(session);
};

const positionAdvanced = (
  session: ActiveSession,
  position: Frames,
  takes: HeardTakes | undefined,
  now: Millis,
): Session => {
  if (session.status !== "playing" && session.status !== "paused") return session;
  const { takes: _, ...before } = session.track;
  const track = { ...before, position, at: now, heard: true, ...(takes && { takes }) };
  if (session.status === "paused") return { ...session, track };
  // A packet of it has gone out.
  const moved = { ...session, track, interrupted: undefined };
  return moved.timer?.fading ? moved : retargetTimer(moved, now);
};

const soundFailed = (session: ActiveSession, now: Millis): Step => {
  // In the silence after a timer there is nothing left that could come back.
  if (isInGrace(session)) return endGrace(session);
  const title = trackOf(session)?.entry.title;
  const note =
    title === undefined
      ? message("session.untitledSoundFailed")
      : message("session.soundFailed", { title: named(title) });
  const noted: ActiveSession = { ...session, note };
  const coming = comingOf(session);
  const next =
    coming === undefined
      ? playNextOrIdle(noted, now)
      : playWhenReady({ ...baseOf(noted), status: "quiet", since: now }, coming, now);
  // A pause applies to the paused sound and must not hold the next one.
  return session.status === "paused" && !session.cold ? prependEffects([sendToPlayer({ type: "resume" })], next) : next;
};

/** The player has already dropped it. */
const layerFailed = (session: ActiveSession, sound: SoundId): Step => {
  const entry = trackOf(session)?.entry;
  const rest = entry && withoutLayer(entry, sound);
  if (entry === undefined || rest === undefined) return stay(session);
  const title = entry.layers.find((layer) => layer.sound.id === sound)?.sound.title;
  const note =
    title === undefined ? message("mix.untitledLayerFailed") : message("mix.layerFailed", { title: named(title) });
  return stepTo({ ...replaceEntry(session, rest), note });
};

/** Whether the current fade has ended, rather than one that has since been cancelled. */
const fadeEnded = (session: ActiveSession, now: Millis): Step =>
  session.timer?.fading &&
  !isInGrace(session) &&
  sleepPhase({ ...session.timer, endsAt: session.timer.endsAt - FADE_TOLERANCE }, now) === "over"
    ? endSleepTimer(session, now, 0)
    : stay(session);

/** Tolerance: the engine counts frames, the timer milliseconds. */
const FADE_TOLERANCE: Millis = 1_000;

/** Handles an event of the player's. */
export const playerReported = (session: ActiveSession, report: PlayerEvent, now: Millis): Step => {
  const track = trackOf(session);
  const isCurrent = "entry" in report && report.entry === track?.entry.id;
  switch (report.type) {
    case "connected":
      return stepTo(connected(session, report.channel, now));
    case "joinWaiting":
      return stepTo({ ...session, connectsAt: now + report.duration });
    case "interrupted":
      return stepTo({ ...freezePosition(session, now), interrupted: report.why });
    case "left":
      return botLeftChannel(session, report.why, now);
    case "soundStarted":
      return isCurrent ? stepTo(positionAdvanced(session, track?.position ?? 0, report.takes, now)) : stay(session);
    case "positionAdvanced":
      return isCurrent ? stepTo(positionAdvanced(session, report.position, report.takes, now)) : stay(session);
    case "passEnding":
      return isCurrent ? passEnding(session, now) : stay(session);
    case "soundFailed":
      return isCurrent ? soundFailed(session, now) : stay(session);
    case "layerFailed":
      return isCurrent ? layerFailed(session, report.sound) : stay(session);
    case "fadeEnded":
      return fadeEnded(session, now);
  }
};

/**
 * The voice connection is there. A sound that plays is interrupted until its next packet has gone out, which
 * `soundStarted` says.
 */
const connected = (session: ActiveSession, channel: ChannelId, now: Millis): ActiveSession => ({
  ...freezePosition(session, now),
  channel,
  connectsAt: undefined,
  interrupted: session.status === "playing" ? session.interrupted : undefined,
});

/** The position does not advance while the connection is being restored. */
const freezePosition = (session: ActiveSession, now: Millis): ActiveSession =>
  session.status === "playing" ? { ...session, track: positionAt(session, now) } : session;
