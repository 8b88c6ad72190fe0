import type { Decibels, Millis } from "../kernel/units.ts";
import { aboveCeiling, louderNeedsPermission } from "./refusals.ts";
import type { ActiveSession } from "./session.ts";
import { refuse, type Step, sendToPlayer, stay, stepTo } from "./step.ts";
import { VOLUME_RAMP } from "./timing.ts";
import { loudestVolumeUnder, sessionGain, type Volume, volumeLevel } from "./volume.ts";
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

/** Sets the volume in decibels, on a ramp of this length. */
export const setVolume = (session: ActiveSession, volumeDb: Decibels, over: Millis): Step =>
  volumeDb === session.volumeDb
    ? stay(session)
    : stepTo(
        { ...session, volumeDb },
        sendToPlayer({ type: "setVolume", gainDb: sessionGain({ ...session, volumeDb }), over }),
      );
