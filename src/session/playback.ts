import { type EntryId, id } from "../kernel/ids.ts";
import { type Frames, hours, type Millis } from "../kernel/units.ts";
import type { Effect } from "./effects.ts";
import { isReady, playerLayers, prepareEffects, unprepared, withoutOnce } from "./mix.ts";
import type { HeardTakes } from "./protocol.ts";
import {
  type ActiveSession,
  baseOf,
  comingOf,
  MAX_HISTORY,
  type PausedSession,
  type PlayingSession,
  type PlayRequest,
  type QueueEntry,
  type Track,
  trackOf,
} from "./session.ts";
import { isTimerHeld, positionAt, resumeFade, retargetTimer } from "./sleep.ts";
import { type Step, sendToPlayer, stepTo } from "./step.ts";
import { SKIP_CROSSFADE, START_RAMP } from "./timing.ts";

const DAY: Millis = hours(24);

/** Assigns an id to a new playback of a sound. */
export const assignEntryId = <E extends PlayRequest>(
  session: ActiveSession,
  request: E,
): [ActiveSession, E & { id: EntryId }] => [
  { ...session, counter: session.counter + 1 },
  { ...request, id: id<EntryId>(`${session.counter}`) },
];

/**
 * Moves the current track into the history, and to the end of a repeating queue. An interlude has
 * been heard once, and is forgotten.
 */
const moveTrackToHistory = (session: ActiveSession): ActiveSession => {
  const track = trackOf(session);
  if (track === undefined || track.entry.interlude) return session;
  const entry = withoutOnce(track.entry);
  const heard = { ...session, history: [...session.history, entry].slice(-MAX_HISTORY) };
  const inRound = session.programme?.goesRound === true && track.entry.phase !== undefined;
  if (session.loop !== "all" && !inRound) return heard;
  const [numbered, copy] = assignEntryId(heard, entry);
  return { ...numbered, queue: [...numbered.queue, copy] };
};

/** Puts the current track back at the head of the queue, where it continues after an interlude. */
const setTrackAside = (session: PlayingSession | PausedSession, now: Millis): ActiveSession => {
  const { entry, position } = session.status === "playing" ? positionAt(session, now) : session.track;
  const kept = session.status === "paused" && session.cold ? unprepared(entry) : withoutOnce(entry);
  const [numbered, interrupted] = assignEntryId(session, { ...kept, resumesAt: position });
  return { ...numbered, queue: [interrupted, ...numbered.queue] };
};

/** The session in which this entry can take the place of the current track. */
export const makeRoomFor = (session: ActiveSession, { interlude }: QueueEntry, now: Millis): ActiveSession =>
  interlude && "track" in session && !session.track.entry.interlude
    ? setTrackAside(session, now)
    : moveTrackToHistory(session);

/** Brings the sound up slowly from a fade that is at silence. */
const rise = ({ riseOver }: ActiveSession): readonly Effect[] =>
  riseOver === undefined ? [] : [sendToPlayer({ type: "fadeIn", over: riseOver })];

/** Plays at once, in place of the current track. */
export const startEntry = (
  session: ActiveSession,
  { resumesAt = 0, ...entry }: QueueEntry,
  crossfade: Millis,
  now: Millis,
  { from = resumesAt, takes }: { readonly from?: Frames | undefined; readonly takes?: HeardTakes | undefined } = {},
): Step => {
  const { votes: _, riseOver: _rise, ...base } = baseOf(session);
  const follows = session.status === "playing" && session.track.heard === true && session.interrupted === undefined;
  const track = { entry, position: from, at: now, ...(follows && { heard: true }) };
  const started: PlayingSession = { ...base, status: "playing", track };
  // A timer that was held with the previous sound now ends with this one; one that is fading keeps
  // its time.
  const playing = session.timer?.fading && !isTimerHeld(session) ? started : retargetTimer(started, now);
  return stepTo(
    playing,
    sendToPlayer({
      type: "play",
      entry: entry.id,
      layers: playerLayers(entry),
      from,
      crossfade,
      takeOrder: takeOrderOf(session, entry),
      ...(takes && { takes }),
    }),
    ...(session.status === "paused" && !session.cold ? [sendToPlayer({ type: "resume" })] : []),
    ...(session.status === "playing" ? [] : resumeFade(playing, now)),
    ...rise(session),
  );
};

/**
 * Every evening has an order of its own, which a restart keeps; sessions that begin on the same day with the same
 * entries have the same, so that they can share what is encoded.
 */
const takeOrderOf = ({ startedAt }: ActiveSession, { id: entry }: QueueEntry): number =>
  Math.floor(startedAt / DAY) * 1_000 + (Number(entry) % 1_000);

/**
 * Plays in place of the current track as soon as it is prepared and somebody is there to hear it.
 */
export const playWhenReady = (session: ActiveSession, entry: QueueEntry, now: Millis): Step => {
  if (isReady(entry) && session.aloneSince === undefined)
    return startEntry(makeRoomFor(session, entry, now), entry, trackOf(session) ? SKIP_CROSSFADE : START_RAMP, now);
  const effects = prepareEffects(entry);
  return session.status === "playing" || session.status === "paused"
    ? stepTo({ ...session, coming: entry }, ...effects)
    : stepTo({ ...baseOf(session), status: "waiting", coming: entry }, ...effects);
};

/** Puts the entry that was about to play back at the head of the queue. */
export const requeueComing = (session: ActiveSession): ActiveSession => {
  const coming = comingOf(session);
  if (coming === undefined) return session;
  const from = session.status === "waiting" ? session.from : undefined;
  return { ...session, queue: [{ ...coming, ...(from !== undefined && { resumesAt: from }) }, ...session.queue] };
};

/** Plays the head of the queue; undefined if the queue is empty. */
export const playNextInQueue = (session: ActiveSession, now: Millis): Step | undefined => {
  const [head, ...queue] = session.queue;
  return head && playWhenReady({ ...session, queue }, head, now);
};

/** Plays the next entry, or goes idle if there is none. */
export const playNextOrIdle = (session: ActiveSession, now: Millis): Step => {
  const base = baseOf(session);
  const quiet: ActiveSession = { ...base, status: "quiet", since: now };
  return playNextInQueue(quiet, now) ?? stepTo(quiet);
};

/** Where a track is, to begin again there. */
const placeOf = ({ position, takes }: Track): { readonly from: Frames; readonly takes?: HeardTakes } => ({
  from: position,
  ...(takes && { takes }),
});

/** Resumes from a pause; a track that the player does not hold is prepared again. */
export const continuePaused = (session: PausedSession, now: Millis): Step => {
  const { track, coming } = session;
  const base = baseOf(session);
  if (session.holdsComing && coming !== undefined && isReady(coming)) return playWhenReady(session, coming, now);
  if (session.cold && coming !== undefined)
    return playWhenReady({ ...baseOf(makeRoomFor(session, coming, now)), status: "quiet", since: now }, coming, now);
  if (session.cold)
    return stepTo(
      { ...base, status: "waiting", coming: unprepared(track.entry), ...placeOf(track) },
      ...prepareEffects(unprepared(track.entry)),
    );
  const { riseOver: _, ...rest } = base;
  const playing = retargetTimer({ ...rest, status: "playing", track: { ...track, at: now }, coming }, now);
  return stepTo(playing, sendToPlayer({ type: "resume" }), ...resumeFade(playing, now), ...rise(session));
};
