import type { EntryId } from "../kernel/ids.ts";
import type { Frames, Millis } from "../kernel/units.ts";
import type { PlayableSound } from "../library/sound.ts";
import { goOnWithout, isReady, setAside, start, want } from "./playback.ts";
import { thrownOut } from "./presence.ts";
import type { PlayerEvent } from "./protocol.ts";
import { comingOf, type Entry, type Live, roomOf, type Session, trackOf } from "./session.ts";
import { aimAtPass, positionAt, sleepPhase } from "./sleep.ts";
import { after, end, type Step, stay, tell, to } from "./step.ts";
import { CROSSFADE, START_RAMP } from "./timing.ts";

export const soundPrepared = (session: Live, id: EntryId, sound: PlayableSound, now: Millis): Step => {
  const ready = (entry: Entry): Entry => (entry.id === id ? { ...entry, ready: sound } : entry);
  const coming = comingOf(session);
  if (coming?.id !== id) return to({ ...session, queue: session.queue.map(ready) });
  const next = { ...coming, ready: sound };
  return session.status === "waiting" && session.aloneSince === undefined
    ? start(session, next, START_RAMP, now, Math.min(session.from ?? 0, sound.length - 1))
    : hold(session, next, now);
};

const hold = (session: Live, next: Entry, now: Millis): Step =>
  session.status === "waiting" ? to({ ...session, coming: next }) : want(session, next, now);

export const preparationFailed = (session: Live, id: EntryId, reason: string, now: Millis): Step => {
  const coming = comingOf(session);
  if (coming?.id === id) {
    if (session.status !== "playing" && session.status !== "paused")
      return goOnWithout({ ...session, note: reason }, now);
    return to({ ...session, note: reason, coming: undefined });
  }
  const queue = session.queue.filter((entry) => entry.id !== id);
  return queue.length === session.queue.length ? stay(session) : to({ ...session, queue, note: reason });
};

/** What plays comes to its end: the queue goes on, unless the sound or the evening is to end with it. */
const passEnding = (session: Live, now: Millis): Step => {
  if (session.status !== "playing" || session.coming !== undefined) return stay(session);
  if (session.loop === "one" || session.timer?.kind === "afterThis") return stay(session);
  const [head, ...queue] = session.queue;
  // What is not prepared yet is waited for with another pass, not with silence.
  return head !== undefined && isReady(head)
    ? start(setAside({ ...session, queue }), head, CROSSFADE, now)
    : stay(session);
};

const positionAdvanced = (session: Live, position: Frames, now: Millis): Session => {
  if (session.status !== "playing" && session.status !== "paused") return session;
  const track = { ...session.track, position, at: now };
  if (session.status === "paused") return { ...session, track };
  const moved = { ...session, track };
  return moved.timer?.fading ? moved : aimAtPass(moved, now);
};

const soundFailed = (session: Live, now: Millis): Step => {
  const title = trackOf(session)?.entry.sound.title ?? "A sound";
  const noted: Live = { ...session, note: `${title} could not be played, and was left out.` };
  const coming = comingOf(session);
  const next =
    coming === undefined
      ? goOnWithout(noted, now)
      : want({ ...roomOf(noted), status: "quiet", since: now }, coming, now);
  // A pause belongs to the sound that was paused, and must not hold the next one.
  return session.status === "paused" ? after([tell({ type: "resume" })], next) : next;
};

/** The fade's own end, where it is not an earlier one that was taken back meanwhile. */
const fadeEnded = (session: Live, now: Millis): Step =>
  session.timer?.fading && sleepPhase({ ...session.timer, endsAt: session.timer.endsAt - EARLY }, now) === "over"
    ? end(session, "slept", now, tell({ type: "leave", over: 0 }))
    : stay(session);

/** The engine counts frames, the timer milliseconds. */
const EARLY: Millis = 1_000;

export const playerReported = (session: Live, report: PlayerEvent, now: Millis): Step => {
  const track = trackOf(session);
  const isCurrent = "entry" in report && report.entry === track?.entry.id;
  switch (report.type) {
    case "connected":
      return to({ ...stoodStill(session, now), channel: report.channel, interrupted: undefined });
    case "interrupted":
      return to({ ...stoodStill(session, now), interrupted: report.why });
    case "left":
      return thrownOut(session, report.why, now);
    case "soundStarted":
      return isCurrent ? to(positionAdvanced(session, track?.position ?? 0, now)) : stay(session);
    case "positionAdvanced":
      return isCurrent ? to(positionAdvanced(session, report.position, now)) : stay(session);
    case "passEnding":
      return isCurrent ? passEnding(session, now) : stay(session);
    case "soundFailed":
      return isCurrent ? soundFailed(session, now) : stay(session);
    case "layerFailed":
      return stay(session);
    case "fadeEnded":
      return fadeEnded(session, now);
  }
};

/** The track does not move while the connection is being mended. */
const stoodStill = (session: Live, now: Millis): Live =>
  session.status === "playing" ? { ...session, track: positionAt(session, now) } : session;
