import { assertNever } from "../kernel/errors.ts";
import type { UserId } from "../kernel/ids.ts";
import type { Millis } from "../kernel/units.ts";
import { requestAtRest } from "./atRest.ts";
import { changeVolume, raise, soften } from "./changeVolume.ts";
import { goBack, pause, queueSound, resume, skip, stop } from "./controls.ts";
import { checkDepartures, leaveQuietly, setDeparture } from "./departures.ts";
import type { MemberRequest, SessionEvent, SystemEvent } from "./events.ts";
import { requestInGrace, stirInGrace } from "./grace.ts";
import { changeMix, checkOnce, prepareEffects } from "./mix.ts";
import { checkLength, playerReported, preparationFailed, soundPrepared } from "./playerEvents.ts";
import { checkPresence, leaveForAnother, leaveTakenChannel, listenersChanged } from "./presence.ts";
import { checkProgramme, startProgramme } from "./programme.ts";
import { clearQueue, moveInQueue, removeFromQueue, shuffleQueue } from "./queue.ts";
import { enterQuietChannel } from "./quietChannel.ts";
import { nothingPlaying } from "./refusals.ts";
import type { ActiveSession, Session } from "./session.ts";
import { changeSettings, checkQuietHours } from "./settings.ts";
import {
  cancelSleep,
  checkSleep,
  extendForListener,
  extendSleep,
  isInGrace,
  requestSleep,
  requestSleepAfterThis,
} from "./sleep.ts";
import { prependEffects, refuse, type Step, stay, stepTo } from "./step.ts";
import { checkSnooze, snooze, startWakeUp } from "./wakeUp.ts";

const isMemberRequest = (event: SessionEvent): event is MemberRequest => "by" in event;

const reduceRequest = (session: ActiveSession, request: MemberRequest, now: Millis): Step => {
  switch (request.type) {
    case "soundQueued":
      return queueSound(session, request, now);
    case "programmeStarted":
      return startProgramme(session, request, now);
    case "wakeUpStarted":
      return startWakeUp(session, request, now);
    case "quietChannelEntered":
      return enterQuietChannel(session, request, now);
    case "skipped":
      return skip(session, request, now);
    case "wentBack":
      return goBack(session, now);
    case "paused":
      return pause(session, now);
    case "resumed":
      return resume(session, now);
    case "stopped":
      return stop(session, request, now);
    case "queueMoved":
      return moveInQueue(session, request.from, request.to);
    case "queueRemoved":
      return removeFromQueue(session, request.place, request);
    case "queueShuffled":
      return shuffleQueue(session, request.seed);
    case "queueCleared":
      return clearQueue(session, request);
    case "loopChanged":
      return stepTo({ ...session, loop: request.loop });
    case "volumeChanged":
      return changeVolume(session, request.volume, request);
    case "raised":
      return raise(session, request, now);
    case "softened":
      return soften(session, request.by, now);
    case "leftQuietly":
      return leaveQuietly(session, request.by);
    case "sleepRequested":
      return requestSleep(session, request.by, request.endsAt, now);
    case "sleepAfterThisRequested":
      return requestSleepAfterThis(session, request.by, now);
    case "sleepExtended":
      return extendSleep(session, request.by, request.extra, now);
    case "sleepCancelled":
      return cancelSleep(session);
    case "departureSet":
      return setDeparture(session, request.by, request.at, now);
    case "layerAdded":
    case "layerChanged":
    case "layerRemoved":
      return changeMix(session, request);
    default:
      return assertNever(request);
  }
};

/** In the silence after a sleep timer, some requests bring the sound back first. */
const reduceRequestInGrace = (session: ActiveSession, request: MemberRequest, now: Millis): Step => {
  const inGrace = requestInGrace(session, request, now);
  if ("step" in inGrace) return inGrace.step;
  const { session: awake, effects } = inGrace.before;
  return prependEffects(effects, reduceRequest(awake as ActiveSession, request, now));
};

const CHECKS = [
  checkSleep,
  checkSnooze,
  checkPresence,
  checkDepartures,
  checkQuietHours,
  checkLength,
  checkProgramme,
  checkOnce,
] as const;

/** A listener has shown that they are awake. */
const listenerStirred = (session: ActiveSession, listener: UserId, muted: boolean, now: Millis): Step => {
  if (isInGrace(session)) return stirInGrace(session, listener, now);
  if (session.wakeUp !== undefined) return muted ? snooze(session, listener, now) : stay(session);
  return extendForListener(session, listener, now);
};

/**
 * Checks each in turn until one has changed something; if more is due, the next deadline is now.
 */
const runDueChecks = (session: ActiveSession, now: Millis): Step => {
  for (const check of CHECKS) {
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
      return listenerStirred(session, report.listener, report.muted === true, now);
    case "tingleMarked":
      return stepTo({ ...session, tingles: (session.tingles ?? 0) + 1 });
    case "quietChannelKept":
      return stay(session);
    case "neededElsewhere":
      return leaveForAnother(session, now);
    case "channelTaken":
      return leaveTakenChannel(session, now);
    case "panelPosted":
      return stepTo({ ...session, posted: report.posted });
    case "playerReported":
      return playerReported(session, report.report, now);
    default:
      return assertNever(report);
  }
};

/** Prepares the head of the queue in advance, so that playback continues without a gap. */
const prepareQueueHead = (before: Session, step: Step): Step => {
  const { session, effects } = step;
  const [head] = session.queue;
  if (session.status === "over" || head === undefined || head.id === before.queue[0]?.id) return step;
  return stepTo(session, ...effects, ...prepareEffects(head));
};

/**
 * Decides the next session and its effects for an event. Pure: the time is `now`, and nothing else
 * is read. A request that is not possible gets a refusal; an ended session stays ended.
 */
export const reduce = (session: Session, event: SessionEvent, now: Millis): Step => {
  if (session.status === "over") return isMemberRequest(event) ? refuse(session, nothingPlaying()) : stay(session);
  if (!isMemberRequest(event)) return prepareQueueHead(session, reduceSystemEvent(session, event, now));
  const { note: _, ...unnoted } = session;
  const step = requestAtRest(unnoted, event, now, reduceRequestInGrace);
  return step.refusal === undefined ? prepareQueueHead(session, step) : refuse(session, step.refusal);
};
