import { type EntryId, id } from "../kernel/ids.ts";
import type { Frames, Millis } from "../kernel/units.ts";
import { isReady, playerLayers, prepare, unprepared } from "./mix.ts";
import {
  comingOf,
  type Entry,
  type Live,
  MAX_HISTORY,
  type Paused,
  type Playing,
  roomOf,
  trackOf,
  type Wanted,
} from "./session.ts";
import { aimAtPass, fadeAgain, isHeld } from "./sleep.ts";
import { type Step, tell, to } from "./step.ts";
import { SKIP_CROSSFADE, START_RAMP } from "./timing.ts";

/** Numbers a new playing of a sound. */
export const enter = <E extends Wanted>(session: Live, wish: E): [Live, E & { id: EntryId }] => [
  { ...session, counter: session.counter + 1 },
  { ...wish, id: id<EntryId>(`${session.counter}`) },
];

/** Puts what has been heard where it belongs: into the history, and to the end of a queue that goes round. */
export const setAside = (session: Live): Live => {
  const track = trackOf(session);
  if (track === undefined) return session;
  const heard = { ...session, history: [...session.history, track.entry].slice(-MAX_HISTORY) };
  const inRound = session.programme?.goesRound === true && track.entry.phase !== undefined;
  if (session.loop !== "all" && !inRound) return heard;
  const [numbered, copy] = enter(heard, track.entry);
  return { ...numbered, queue: [...numbered.queue, copy] };
};

/** Plays at once, in place of what plays. */
export const start = (session: Live, entry: Entry, crossfade: Millis, now: Millis, from: Frames = 0): Step => {
  const { votes: _, ...room } = roomOf(session);
  const started: Playing = { ...room, status: "playing", track: { entry, position: from, at: now } };
  // A timer that stood still with the sound ends with this one now; one that fades while sounds follow each other keeps its time.
  const playing = session.timer?.fading && !isHeld(session) ? started : aimAtPass(started, now);
  return to(
    playing,
    tell({ type: "play", entry: entry.id, layers: playerLayers(entry), from, crossfade }),
    ...(session.status === "paused" && !session.cold ? [tell({ type: "resume" })] : []),
    ...(session.status === "playing" ? [] : fadeAgain(playing, now)),
  );
};

/** Plays in place of what plays, as soon as it is prepared and somebody is there to hear it. */
export const want = (session: Live, entry: Entry, now: Millis): Step => {
  if (isReady(entry) && session.aloneSince === undefined)
    return start(setAside(session), entry, trackOf(session) ? SKIP_CROSSFADE : START_RAMP, now);
  const effects = prepare(entry);
  return session.status === "playing" || session.status === "paused"
    ? to({ ...session, coming: entry }, ...effects)
    : to({ ...roomOf(session), status: "waiting", coming: entry }, ...effects);
};

/** What was about to be heard waits at the head of the queue instead. */
export const putBackComing = (session: Live): Live => {
  const coming = comingOf(session);
  return coming === undefined ? session : { ...session, queue: [coming, ...session.queue] };
};

/** Goes on with the head of the queue; undefined when there is none. */
export const takeNext = (session: Live, now: Millis): Step | undefined => {
  const [head, ...queue] = session.queue;
  return head && want({ ...session, queue }, head, now);
};

/** Nothing is left that could be heard now; what is queued comes first. */
export const goOnWithout = (session: Live, now: Millis): Step => {
  const room = roomOf(session);
  const quiet: Live = { ...room, status: "quiet", since: now };
  return takeNext(quiet, now) ?? to(quiet);
};

/** From a pause; a track that the engine does not hold is looked for anew. */
export const goOn = (session: Paused, now: Millis): Step => {
  const { track, coming } = session;
  const room = roomOf(session);
  if (session.holdsComing && coming !== undefined && isReady(coming)) return want(session, coming, now);
  if (session.cold && coming !== undefined)
    return want({ ...roomOf(setAside(session)), status: "quiet", since: now }, coming, now);
  if (session.cold)
    return to(
      { ...room, status: "waiting", coming: unprepared(track.entry), from: track.position },
      ...prepare(unprepared(track.entry)),
    );
  const playing = aimAtPass({ ...room, status: "playing", track: { ...track, at: now }, coming }, now);
  return to(playing, tell({ type: "resume" }), ...fadeAgain(playing, now));
};
