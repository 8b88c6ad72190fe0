import { assertNever } from "../kernel/errors.ts";
import type { Millis } from "../kernel/units.ts";
import { checkDepartures, setDeparture } from "./departures.ts";
import type { Report, SessionEvent, Wish } from "./events.ts";
import { changeMix, prepare } from "./mix.ts";
import { checkPresence, listenersChanged } from "./presence.ts";
import { checkProgramme, startProgramme } from "./programme.ts";
import { clearQueue, moveInQueue, removeFromQueue, shuffleQueue } from "./queue.ts";
import { nothingPlays } from "./refusals.ts";
import { checkLength, playerReported, preparationFailed, soundPrepared } from "./reports.ts";
import { changeLoudness, changeSettings, checkQuiet } from "./room.ts";
import type { Live, Session } from "./session.ts";
import { cancelSleep, checkSleep, extendSleep, requestSleep, requestSleepAfterThis, stir } from "./sleep.ts";
import { refuse, type Step, stay, to } from "./step.ts";
import { goBack, pause, queueSound, resume, skip, stop } from "./wishes.ts";

const isWish = (event: SessionEvent): event is Wish => "by" in event;

const grant = (session: Live, wish: Wish, now: Millis): Step => {
  switch (wish.type) {
    case "soundQueued":
      return queueSound(session, wish, now);
    case "programmeStarted":
      return startProgramme(session, wish, now);
    case "skipped":
      return skip(session, wish, now);
    case "wentBack":
      return goBack(session, now);
    case "paused":
      return pause(session, now);
    case "resumed":
      return resume(session, now);
    case "stopped":
      return stop(session, wish, now);
    case "queueMoved":
      return moveInQueue(session, wish.from, wish.to);
    case "queueRemoved":
      return removeFromQueue(session, wish.place, wish);
    case "queueShuffled":
      return shuffleQueue(session, wish.seed);
    case "queueCleared":
      return clearQueue(session, wish);
    case "loopChanged":
      return to({ ...session, loop: wish.loop });
    case "loudnessChanged":
      return changeLoudness(session, wish.loudness, wish);
    case "sleepRequested":
      return requestSleep(session, wish.by, wish.endsAt, now);
    case "sleepAfterThisRequested":
      return requestSleepAfterThis(session, wish.by, now);
    case "sleepExtended":
      return extendSleep(session, wish.by, wish.extra, now);
    case "sleepCancelled":
      return cancelSleep(session);
    case "departureSet":
      return setDeparture(session, wish.by, wish.at, now);
    case "layerAdded":
    case "layerChanged":
    case "layerRemoved":
      return changeMix(session, wish);
    default:
      return assertNever(wish);
  }
};

/** Each is looked after until one has changed something; the next wake-up is at once where more is due. */
const tick = (session: Live, now: Millis): Step => {
  for (const check of [checkSleep, checkPresence, checkDepartures, checkQuiet, checkLength, checkProgramme]) {
    const step = check(session, now);
    if (step.session !== session) return step;
  }
  return stay(session);
};

const hear = (session: Live, report: Report, now: Millis): Step => {
  switch (report.type) {
    case "clockTicked":
      return tick(session, now);
    case "listenersChanged":
      return listenersChanged(session, report.listeners, now);
    case "settingsChanged":
      return changeSettings(session, report.rules, now);
    case "soundPrepared":
      return soundPrepared(session, report.entry, report.sound, now);
    case "preparationFailed":
      return preparationFailed(session, report.entry, report.sound, report.reason, now);
    case "listenerStirred":
      return stir(session, report.listener, now);
    case "panelPosted":
      return to({ ...session, posted: report.posted });
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
  return to(session, ...effects, ...prepare(head));
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
