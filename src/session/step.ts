import type { UserError } from "../kernel/errors.ts";
import type { Millis } from "../kernel/units.ts";
import type { Effect } from "./effects.ts";
import type { PlayerCommand } from "./protocol.ts";
import { type ActiveSession, baseOf, type EndReason, type Session } from "./session.ts";

/** The result of an event: the next session and its effects. With a refusal, nothing changes. */
export interface Step {
  readonly session: Session;
  readonly effects: readonly Effect[];
  readonly refusal?: UserError;
}

/** The next session, and the effects to carry out. */
export const stepTo = (session: Session, ...effects: readonly Effect[]): Step => ({ session, effects });

/** No change and no effects. */
export const stay = (session: Session): Step => stepTo(session);

/** No change; the member is told why. */
export const refuse = (session: Session, refusal: UserError): Step => ({ session, effects: [], refusal });

/** Puts effects before those of a step, unless it was refused. */
export const prependEffects = (effects: readonly Effect[], step: Step): Step =>
  step.refusal === undefined ? stepTo(step.session, ...effects, ...step.effects) : step;

/** The session ends for this reason. */
export const endSession = (session: ActiveSession, why: EndReason, now: Millis, ...effects: readonly Effect[]): Step =>
  stepTo({ ...baseOf(session), status: "over", why, endedAt: now }, ...effects);

/** Sends a command to the guild's player. */
export const sendToPlayer = (command: PlayerCommand): Effect => ({ type: "sendToPlayer", command });
