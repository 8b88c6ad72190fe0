import { assertNever } from "../kernel/errors.ts";
import type { Millis } from "../kernel/units.ts";
import { goBack, pause, queueSound, resume, skip, stop } from "./controls.ts";
import { checkDepartures, setDeparture } from "./departures.ts";
import type { MemberRequest, SessionEvent, SystemEvent } from "./events.ts";
import { changeMix, prepareEffects } from "./mix.ts";
import { checkLength, playerReported, preparationFailed, soundPrepared } from "./playerEvents.ts";
import { checkPresence, listenersChanged } from "./presence.ts";
import { checkProgramme, startProgramme } from "./programme.ts";
import { clearQueue, moveInQueue, removeFromQueue, shuffleQueue } from "./queue.ts";
import { nothingPlaying } from "./refusals.ts";
import type { ActiveSession, Session } from "./session.ts";
import { changeSettings, changeVolume, checkQuietHours } from "./settings.ts";
import {
  cancelSleep,
  checkSleep,
  extendForListener,
  extendSleep,
  requestSleep,
  requestSleepAfterThis,
} from "./sleep.ts";
import { refuse, type Step, stay, stepTo } from "./step.ts";

const isMemberRequest = (event: SessionEvent): event is MemberRequest => "by" in event;

const reduceRequest = (session: ActiveSession, wish: MemberRequest, now: Millis): Step => {
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
      return stepTo({ ...session, loop: wish.loop });
    case "volumeChanged":
      return changeVolume(session, wish.volume, wish);
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
const runDueChecks = (session: ActiveSession, now: Millis): Step => {
  for (const check of [checkSleep, checkPresence, checkDepartures, checkQuietHours, checkLength, checkProgramme]) {
    const step = check(session, now);
    if (step.session !== session) return step;
  }
  return stay(session);
};

const reduceSystemEvent = (session: ActiveSession, report: SystemEvent, now: Millis): Step => {
  switch (report.type) {
    case "clockTicked":
      return runDueChecks(session, now);
    case "listenersChanged":
      return listenersChanged(session, report.listeners, now);
    case "settingsChanged":
      return changeSettings(session, report.rules, now);
    case "soundPrepared":
      return soundPrepared(session, report.entry, report.sound, now);
    case "preparationFailed":
      return preparationFailed(session, report.entry, report.sound, report.reason, now);
    case "listenerStirred":
      return extendForListener(session, report.listener, now);
    case "panelPosted":
      return stepTo({ ...session, posted: report.posted });
    case "playerReported":
      return playerReported(session, report.report, now);
    default:
      return assertNever(report);
  }
};

/** The head of the queue is prepared while it waits, so that the sound goes on without a pause. */
const prepareQueueHead = (before: Session, step: Step): Step => {
  const { session, effects } = step;
  const [head] = session.queue;
  if (session.status === "over" || head === undefined || head.id === before.queue[0]?.id) return step;
  return stepTo(session, ...effects, ...prepareEffects(head));
};

/**
 * Decides what an event makes of a session, and what is to be done. Pure: the time is `now`, and nothing is read.
 * A wish that cannot be has a refusal; a session that is over stays so.
 */
export const reduce = (session: Session, event: SessionEvent, now: Millis): Step => {
  if (session.status === "over") return isMemberRequest(event) ? refuse(session, nothingPlaying()) : stay(session);
  if (!isMemberRequest(event)) return prepareQueueHead(session, reduceSystemEvent(session, event, now));
  const { note: _, ...unnoted } = session;
  const step = reduceRequest(unnoted, event, now);
  return step.refusal === undefined ? prepareQueueHead(session, step) : refuse(session, step.refusal);
};
