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

/** How far below a step the volume has to be to count as softer, in dB. */
const STEP_TOLERANCE: Decibels = 0.5;

/** How soft a wake-up becomes whose sound is still rising, and how slowly. */
const RISING = { step: "whisper", over: CEILING_RAMP } as const;

/** Whether somebody else has just asked for a step softer that is not to be heard in full yet. */
const isSoftening = ({ softening, volumeDb }: ActiveSession, by: UserId, now: Millis): boolean =>
  softening !== undefined && softening.by !== by && softening.to === volumeDb && now < softening.until;

/**
 * Makes it one step softer, which every listener may. Nothing is said of who did. Who asks while
 * another member's step is still on its way means that one: they have not heard yet how soft it
 * gets. The sound of a wake-up that is still rising goes to the softest step: one below where it is
 * to end may be above where it is.
 */
export const soften = (session: ActiveSession, by: UserId, now: Millis): Step => {
  if (isSoftening(session, by, now)) return stay(session);
  const softer = VOLUMES.filter((step) => volumeLevel(step) < session.volumeDb - STEP_TOLERANCE);
  const next = softer.at(-1);
  if (next === undefined) return refuse(session, softestAlready());
  const isRising = session.wakeUp !== undefined && now < session.wakeUp.fullAt;
  const volumeDb = volumeLevel(isRising ? RISING.step : next);
  const over = isRising ? RISING.over : VOLUME_RAMP;
  const { session: changed, effects } = setVolume(session, volumeDb, over);
  const softened = { ...changed, softening: { by, to: volumeDb, until: now + over } };
  // The morning's volume is not the next evening's.
  return session.wakeUp === undefined
    ? stepTo(softened, ...effects, { type: "saveVolume", volumeDb })
    : stepTo(softened, ...effects);
};

/** Sets the volume in decibels, on a ramp of this length. */
export const setVolume = (session: ActiveSession, volumeDb: Decibels, over: Millis): Step =>
  volumeDb === session.volumeDb
    ? stay(session)
    : stepTo(
        { ...session, volumeDb },
        sendToPlayer({ type: "setVolume", gainDb: sessionGain({ ...session, volumeDb }), over }),
      );
