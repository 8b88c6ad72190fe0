import type { Millis } from "../kernel/units.ts";
import type { SoundQueued, When } from "./events.ts";
import { isReady, soundsAlike } from "./mix.ts";
import { enter, goOn, putBackComing, start, takeNext, want } from "./playback.ts";
import { returned } from "./presence.ts";
import {
  alreadyPaused,
  nobodyListens,
  nothingBefore,
  nothingNext,
  nothingPlays,
  notPaused,
  playsElsewhere,
  queueFull,
  stillPreparing,
} from "./refusals.ts";
import { comingOf, type Entry, type Live, MAX_QUEUE, trackOf } from "./session.ts";
import { positionAt } from "./sleep.ts";
import { after, end, refuse, type Step, tell, to } from "./step.ts";
import { LEAVE_RAMP, SKIP_CROSSFADE } from "./timing.ts";
import { type Deciding, decide } from "./votes.ts";

export const queueSound = (session: Live, event: SoundQueued, now: Millis): Step => {
  const elsewhere = event.channel !== session.channel;
  if (elsewhere && session.listeners.length > 0) return refuse(session, playsElsewhere(session.channel));
  const waits = event.when !== "now" || comingOf(session) !== undefined;
  if (waits && session.queue.length >= MAX_QUEUE) return refuse(session, queueFull());
  const joined = elsewhere ? [tell({ type: "join", channel: event.channel })] : [];
  const [numbered, entry] = enter(session, { ...event.wanted, by: event.by });
  const listeners = numbered.listeners.includes(event.by) ? numbered.listeners : [...numbered.listeners, event.by];
  const placed = place({ ...numbered, channel: event.channel }, entry, event.when, now);
  return after([...joined, ...placed.effects], returned(placed.session, listeners, now));
};

const place = (session: Live, entry: Entry, when: When, now: Millis): Step => {
  if (session.status === "quiet") return want(session, entry, now);
  if (when === "now") return want(putBackComing(session), entry, now);
  return to({ ...session, queue: when === "next" ? [entry, ...session.queue] : [...session.queue, entry] });
};

/** What is being prepared counts as the sound that is skipped, so that two presses skip two sounds. */
export const skip = (session: Live, wish: Deciding, now: Millis): Step => {
  if (session.status === "quiet") return refuse(session, nothingPlays());
  if (session.aloneSince !== undefined) return refuse(session, nobodyListens());
  const [head] = session.queue;
  if (head === undefined) {
    const coming = comingOf(session);
    return refuse(session, coming === undefined ? nothingNext() : stillPreparing(coming.title));
  }
  return decide(session, "skip", wish, (decided) => goToNext(decided, now));
};

const goToNext = (session: Live, now: Millis): Step => takeNext(session, now) ?? refuse(session, nothingNext());

/** To what was heard before; what plays now comes after it. While another sound is being prepared, stays. */
export const goBack = (session: Live, now: Millis): Step => {
  if (session.aloneSince !== undefined) return refuse(session, nobodyListens());
  if ((session.status === "playing" || session.status === "paused") && session.coming !== undefined)
    return to({ ...session, coming: undefined, queue: [session.coming, ...session.queue] });
  const last = session.history.at(-1);
  if (last === undefined) return refuse(session, nothingBefore());
  const [counted, entry] = enter({ ...session, history: session.history.slice(0, -1) }, last);
  const waiting = withoutEcho(putBackComing(counted), last);
  const track = trackOf(waiting);
  // A layer that was added to it last may not be there yet.
  if (track === undefined || !isReady(entry)) return want(waiting, entry, now);
  const [numbered, current] = enter(waiting, track.entry);
  return start({ ...numbered, queue: [current, ...numbered.queue] }, entry, SKIP_CROSSFADE, now);
};

/** In a queue that goes round, what goes back to the front leaves the end. */
const withoutEcho = (session: Live, heard: Entry): Live => {
  if (session.loop !== "all") return session;
  const echo = session.queue.findLastIndex((entry) => soundsAlike(entry, heard) && entry.by === heard.by);
  return echo < 0 ? session : { ...session, queue: session.queue.toSpliced(echo, 1) };
};

export const pause = (session: Live, now: Millis): Step => {
  switch (session.status) {
    case "quiet":
      return refuse(session, nothingPlays());
    case "waiting":
      return refuse(session, stillPreparing(session.coming.title));
    case "paused":
      return refuse(session, alreadyPaused());
    case "playing":
      return to(
        {
          ...session,
          status: "paused",
          why: "asked",
          track: positionAt(session, now),
          holdsComing: session.coming !== undefined,
        },
        tell({ type: "pause" }),
      );
  }
};

export const resume = (session: Live, now: Millis): Step => {
  if (session.status === "quiet") return refuse(session, nothingPlays());
  if (session.status === "waiting") return refuse(session, stillPreparing(session.coming.title));
  if (session.status === "playing") return refuse(session, notPaused());
  if (session.aloneSince !== undefined) return refuse(session, nobodyListens());
  return goOn(session, now);
};

export const stop = (session: Live, wish: Deciding, now: Millis): Step =>
  decide(session, "stop", wish, (decided) => end(decided, "stopped", now, tell({ type: "leave", over: LEAVE_RAMP })));
