import { assertNever } from "../kernel/errors.ts";
import type { Millis } from "../kernel/units.ts";
import type { Report, SessionEvent, Wish } from "./events.ts";
import { isReady, prepare } from "./playback.ts";
import { checkPresence, listenersChanged } from "./presence.ts";
import { clearQueue, moveInQueue, removeFromQueue, shuffleQueue } from "./queue.ts";
import { nothingPlays } from "./refusals.ts";
import { playerReported, preparationFailed, soundPrepared } from "./reports.ts";
import { changeLoudness, changeSettings } from "./room.ts";
import type { Live, Session } from "./session.ts";
import { cancelSleep, checkSleep, extendSleep, requestSleep, requestSleepAfterThis } from "./sleep.ts";
import { refuse, type Step, stay, to } from "./step.ts";
import { goBack, pause, queueSound, resume, skip, stop } from "./wishes.ts";

const isWish = (event: SessionEvent): event is Wish => "by" in event;

const grant = (session: Live, wish: Wish, now: Millis): Step => {
  switch (wish.type) {
    case "soundQueued":
      return queueSound(session, wish, now);
    case "skipped":
      return skip(session, now);
    case "wentBack":
      return goBack(session, now);
    case "paused":
      return pause(session, now);
    case "resumed":
      return resume(session, now);
    case "stopped":
      return stop(session, now);
    case "queueMoved":
      return moveInQueue(session, wish.from, wish.to);
    case "queueRemoved":
      return removeFromQueue(session, wish.place);
    case "queueShuffled":
      return shuffleQueue(session, wish.seed);
    case "queueCleared":
      return clearQueue(session);
    case "loopChanged":
      return to({ ...session, loop: wish.loop });
    case "loudnessChanged":
      return changeLoudness(session, wish.loudness);
    case "sleepRequested":
      return requestSleep(session, wish.by, wish.endsAt, now);
    case "sleepAfterThisRequested":
      return requestSleepAfterThis(session, wish.by, now);
    case "sleepExtended":
      return extendSleep(session, wish.by, wish.extra, now);
    case "sleepCancelled":
      return cancelSleep(session);
    default:
      return assertNever(wish);
  }
};

const hear = (session: Live, report: Report, now: Millis): Step => {
  switch (report.type) {
    case "clockTicked": {
      const slept = checkSleep(session, now);
      return slept.session === session ? checkPresence(session, now) : slept;
    }
    case "listenersChanged":
      return listenersChanged(session, report.listeners, now);
    case "settingsChanged":
      return changeSettings(session, report.ceilingDb, report.fade);
    case "soundPrepared":
      return soundPrepared(session, report.entry, report.sound, now);
    case "preparationFailed":
      return preparationFailed(session, report.entry, report.reason, now);
    case "playerReported":
      return playerReported(session, report.report, now);
    default:
      return assertNever(report);
  }
};

/** The head of the queue is prepared while it waits, so that the sound goes on without a pause. */
const lookAhead = (before: Session, step: Step): Step => {
  const { session, effects } = step;
  const [head] = session.queue;
  if (session.status === "over" || head === undefined || head.id === before.queue[0]?.id) return step;
  return isReady(head) ? step : to(session, ...effects, prepare(head));
};

/**
 * Decides what an event makes of a session, and what is to be done. Pure: the time is `now`, and nothing is read.
 * A wish that cannot be has a refusal; a session that is over stays so.
 */
export const reduce = (session: Session, event: SessionEvent, now: Millis): Step => {
  if (session.status === "over") return isWish(event) ? refuse(session, nothingPlays()) : stay(session);
  if (!isWish(event)) return lookAhead(session, hear(session, event, now));
  const { note: _, ...unnoted } = session;
  const step = grant(unnoted, event, now);
  return step.refusal === undefined ? lookAhead(session, step) : refuse(session, step.refusal);
};
