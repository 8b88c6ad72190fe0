import type { Millis } from "../kernel/units.ts";
import type { QueuePlacement, SoundQueued } from "./events.ts";
import { isReady, isSameMix } from "./mix.ts";
import {
  assignEntryId,
  continuePaused,
  playNextInQueue,
  playWhenReady,
  requeueComing,
  startEntry,
} from "./playback.ts";
import { listenersPresent } from "./presence.ts";
import {
  alreadyPaused,
  nobodyListening,
  nothingBefore,
  nothingNext,
  nothingPlaying,
  notPaused,
  playingElsewhere,
  queueFull,
  stillPreparing,
} from "./refusals.ts";
import { type ActiveSession, comingOf, MAX_QUEUE, type QueueEntry, trackOf } from "./session.ts";
import { hold } from "./sleep.ts";
import { endSession, prependEffects, refuse, type Step, sendToPlayer, stepTo } from "./step.ts";
import { LEAVE_RAMP, SKIP_CROSSFADE } from "./timing.ts";
import { type Decider, decideOrVote } from "./votes.ts";

/** Queues a sound or a mix, or plays it at once. */
export const queueSound = (session: ActiveSession, event: SoundQueued, now: Millis): Step => {
  const elsewhere = event.channel !== session.channel;
  if (elsewhere && session.listeners.length > 0) return refuse(session, playingElsewhere(session.channel));
  const waits = event.when !== "now" || comingOf(session) !== undefined || event.request.interlude === true;
  if (waits && session.queue.length >= MAX_QUEUE) return refuse(session, queueFull());
  const joined = elsewhere ? [sendToPlayer({ type: "join", channel: event.channel })] : [];
  const [numbered, entry] = assignEntryId(session, { ...event.request, by: event.by });
  const listeners = numbered.listeners.includes(event.by) ? numbered.listeners : [...numbered.listeners, event.by];
  const placed = addToQueue({ ...numbered, channel: event.channel }, entry, event.when, now);
  return prependEffects([...joined, ...placed.effects], listenersPresent(placed.session, listeners, now));
};

const addToQueue = (session: ActiveSession, entry: QueueEntry, when: QueuePlacement, now: Millis): Step => {
  if (session.status === "quiet") return playWhenReady(session, entry, now);
  // One interlude takes the place of another.
  const isReplaced = entry.interlude && comingOf(session)?.interlude;
  if (when === "now") return playWhenReady(isReplaced ? session : requeueComing(session), entry, now);
  return stepTo({ ...session, queue: when === "next" ? [entry, ...session.queue] : [...session.queue, entry] });
};

/**
 * Skips the current sound, or counts a vote. An entry that is being prepared counts as current, so
 * two presses skip two sounds.
 */
export const skip = (session: ActiveSession, decider: Decider, now: Millis): Step => {
  if (session.status === "quiet") return refuse(session, nothingPlaying());
  if (session.aloneSince !== undefined) return refuse(session, nobodyListening());
  const [head] = session.queue;
  if (head === undefined) {
    const coming = comingOf(session);
    return refuse(session, coming === undefined ? nothingNext() : stillPreparing(coming.title));
  }
  return decideOrVote(session, "skip", decider, (decided) => skipToNext(decided, now));
};

const skipToNext = (session: ActiveSession, now: Millis): Step =>
  playNextInQueue(session, now) ?? refuse(session, nothingNext());

/**
 * Returns to the previous sound; the current one comes after it. While another sound is being
 * prepared, stays.
 */
export const goBack = (session: ActiveSession, now: Millis): Step => {
  if (session.aloneSince !== undefined) return refuse(session, nobodyListening());
  if ((session.status === "playing" || session.status === "paused") && session.coming !== undefined)
    return stepTo({ ...session, coming: undefined, queue: [session.coming, ...session.queue] });
  const isInterlude = trackOf(session)?.entry.interlude === true;
  if (isInterlude && session.queue[0]?.resumesAt !== undefined) return skipToNext(session, now);
  const last = session.history.at(-1);
  if (last === undefined) return refuse(session, nothingBefore());
  const [counted, entry] = assignEntryId({ ...session, history: session.history.slice(0, -1) }, last);
  const waiting = withoutLastCopy(requeueComing(counted), last);
  const track = trackOf(waiting);
  // A layer added just now may not be prepared yet.
  if (track === undefined || isInterlude || !isReady(entry)) return playWhenReady(waiting, entry, now);
  const [numbered, current] = assignEntryId(waiting, track.entry);
  return startEntry({ ...numbered, queue: [current, ...numbered.queue] }, entry, SKIP_CROSSFADE, now);
};

/** In a repeating queue, an entry that returns to the front is removed from the end. */
const withoutLastCopy = (session: ActiveSession, heard: QueueEntry): ActiveSession => {
  if (session.loop !== "all") return session;
  const echo = session.queue.findLastIndex((entry) => isSameMix(entry, heard) && entry.by === heard.by);
  return echo < 0 ? session : { ...session, queue: session.queue.toSpliced(echo, 1) };
};

/** Pauses on a ramp. */
export const pause = (session: ActiveSession, now: Millis): Step => {
  switch (session.status) {
    case "quiet":
      return refuse(session, nothingPlaying());
    case "waiting":
      return refuse(session, stillPreparing(session.coming.title));
    case "paused":
      return refuse(session, alreadyPaused());
    case "playing":
      return stepTo(hold(session, "asked", now), sendToPlayer({ type: "pause" }));
  }
};

/** Resumes from where the session was paused. */
export const resume = (session: ActiveSession, now: Millis): Step => {
  if (session.status === "quiet") return refuse(session, nothingPlaying());
  if (session.status === "waiting") return refuse(session, stillPreparing(session.coming.title));
  if (session.status === "playing") return refuse(session, notPaused());
  if (session.aloneSince !== undefined) return refuse(session, nobodyListening());
  return continuePaused(session, now);
};

/** Ends the session, or counts a vote to. */
export const stop = (session: ActiveSession, decider: Decider, now: Millis): Step =>
  decideOrVote(session, "stop", decider, (decided) =>
    endSession(decided, "stopped", now, sendToPlayer({ type: "leave", over: LEAVE_RAMP })),
  );
