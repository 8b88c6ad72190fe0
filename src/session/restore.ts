import { plain } from "../kernel/text.ts";
import { framesIn, hours, type Millis, seconds } from "../kernel/units.ts";
import type { Effect } from "./effects.ts";
import { prepare, unprepared } from "./mix.ts";
import { putBackComing } from "./playback.ts";
import { settle } from "./room.ts";
import { type Entry, type Live, roomOf, type Session } from "./session.ts";
import { sleepPhase } from "./sleep.ts";
import { end, type Step, tell, to } from "./step.ts";

/** After this long without the bot, a room has gone on without it. */
const TOO_OLD: Millis = hours(1);
/** A stored position is 0 to 5 seconds old, so this is off by half of that at most. */
const USUAL_AGE: Millis = seconds(2.5);

/** What plays is waited for anew; a pause that was asked for stays one. */
const thaw = (session: Live): Live => {
  const room = roomOf(session);
  switch (session.status) {
    case "playing":
    case "paused": {
      const { queue } = putBackComing(session);
      const { entry, position } = session.track;
      const from = position + framesIn(USUAL_AGE);
      return session.status === "paused" && session.why === "asked"
        ? { ...session, queue, coming: undefined, cold: true }
        : { ...room, queue, status: "waiting", coming: unprepared(entry), from };
    }
    case "waiting":
      return { ...session, coming: unprepared(session.coming) };
    case "quiet":
      return session;
  }
};

/**
 * A session that was cut off, brought back: connected, and on its way to the sound where it was.
 * Where its timer has run out meanwhile, or was fading, it is over: a room that sleeps is not woken.
 * @returns undefined when there is nothing to bring back
 */
export const restoreSession = (stored: Session, savedAt: Millis, now: Millis): Step | undefined => {
  if (stored.status === "over" || now - savedAt > TOO_OLD) return undefined;
  const { timer } = stored;
  if (timer && (timer.fading || (timer.kind === "at" && sleepPhase(timer, now) !== "armed")))
    return end(stored, "slept", Math.min(timer.endsAt, now));
  const thawed = thaw(stored);
  const note: unknown = thawed.note;
  const session: Live = {
    ...thawed,
    // Rows of before have their notes in English.
    note: typeof note === "string" ? plain(note) : thawed.note,
    queue: thawed.queue.map(unprepared),
    // Nobody is told of again where nobody was there before, and nobody is now.
    aloneSince: thawed.listeners.length === 0 ? (thawed.aloneSince ?? now) : undefined,
    interrupted: undefined,
  };
  const awaited: readonly Entry[] = [
    ...(session.status === "waiting" ? [session.coming] : []),
    ...session.queue.slice(0, 1),
  ];
  const effects: readonly Effect[] = [
    ...settle(session),
    tell({ type: "join", channel: session.channel }),
    ...awaited.flatMap(prepare),
  ];
  return to(session, ...effects);
};
