import type { UserId } from "../kernel/ids.ts";
import type { Decibels, Millis } from "../kernel/units.ts";
import { aboveCeiling, louderNeedsPermission, softestAlready } from "./refusals.ts";
import type { ActiveSession } from "./session.ts";
import { refuse, type Step, sendToPlayer, stay, stepTo } from "./step.ts";
import { CEILING_RAMP, VOLUME_RAMP } from "./timing.ts";
import { loudestVolumeUnder, sessionGain, VOLUMES, type Volume, volumeLevel } from "./volume.ts";
import { type Decider, mayDecide } from "./votes.ts";

/** The ceiling that applies now. */
export const ceilingOf = ({ rules, quietNow }: Pick<ActiveSession, "rules" | "quietNow">): Decibels =>
  rules.ceilingDb - (quietNow ? (rules.quiet?.softerBy ?? 0) : 0);

/** Changes the session's volume on a ramp. */
export const changeVolume = (session: ActiveSession, step: Volume, deciding: Decider): Step => {
  const [wanted, ceiling] = [volumeLevel(step), ceilingOf(session)];
  if (wanted > ceiling && step !== loudestVolumeUnder(ceiling))
    return refuse(session, aboveCeiling(step, loudestVolumeUnder(ceiling)));
  const volumeDb = Math.min(wanted, ceiling);
  if (volumeDb > session.volumeDb && !mayDecide(session, deciding)) return refuse(session, louderNeedsPermission());
  const changed = setVolume(session, volumeDb, VOLUME_RAMP);
  return changed.session === session
    ? changed
    : stepTo(changed.session, ...changed.effects, { type: "saveVolume", volumeDb });
};

/** How far from a step the volume has to be to count as softer or louder, in dB. */
const STEP_TOLERANCE: Decibels = 0.5;

/** How soft a wake-up becomes whose sound is still rising, and how slowly. */
const RISING = { step: "whisper", over: CEILING_RAMP } as const;

/**
 * Whether somebody else has just asked for the same step, which is not to be heard in full yet. Who asks for it meanwhile
 * means that one: they have not heard yet how soft or loud it gets.
 */
const isOnItsWay = (
  { volumeStep: step, volumeDb }: ActiveSession,
  direction: "softer" | "louder",
  by: UserId,
  now: Millis,
): boolean =>
  step !== undefined && step.direction === direction && step.by !== by && step.to === volumeDb && now < step.until;

/**
 * Makes it one step softer, which every listener may. Nothing is said of who did. The sound of a
 * wake-up that is still rising goes to the softest step: one below where it is to end may be above
 * where it is.
 */
export const soften = (session: ActiveSession, by: UserId, now: Millis): Step => {
  if (isOnItsWay(session, "softer", by, now)) return stay(session);
  const softer = VOLUMES.filter((step) => volumeLevel(step) < session.volumeDb - STEP_TOLERANCE);
  const next = softer.at(-1);
  if (next === undefined) return refuse(session, softestAlready());
  const isRising = session.wakeUp !== undefined && now < session.wakeUp.fullAt;
  const volumeDb = volumeLevel(isRising ? RISING.step : next);
  const over = isRising ? RISING.over : VOLUME_RAMP;
  const { session: changed, effects } = setVolume(session, volumeDb, over);
  const softened = { ...changed, volumeStep: { by, direction: "softer" as const, to: volumeDb, until: now + over } };
  // The morning's volume is not the next evening's.
  return session.wakeUp === undefined
    ? stepTo(softened, ...effects, { type: "saveVolume", volumeDb })
    : stepTo(softened, ...effects);
};

/** Makes it one step louder, for those who may; at the loudest step, it stays. */
export const raise = (session: ActiveSession, deciding: Decider, now: Millis): Step => {
  const { by } = deciding;
  if (mayDecide(session, deciding) && isOnItsWay(session, "louder", by, now)) return stay(session);
  const next = VOLUMES.find((step) => volumeLevel(step) > session.volumeDb + STEP_TOLERANCE);
  if (next === undefined) return stay(session);
  const step = changeVolume(session, next, deciding);
  if (step.refusal !== undefined) return step;
  const { session: changed, effects } = step;
  const volumeStep = { by, direction: "louder" as const, to: changed.volumeDb, until: now + VOLUME_RAMP };
  return stepTo({ ...changed, volumeStep }, ...effects);
};

/** Sets the volume in decibels, on a ramp of this length. */
export const setVolume = (session: ActiveSession, volumeDb: Decibels, over: Millis): Step =>
  volumeDb === session.volumeDb
    ? stay(session)
    : stepTo(
        { ...session, volumeDb },
        sendToPlayer({ type: "setVolume", gainDb: sessionGain({ ...session, volumeDb }), over }),
      );
