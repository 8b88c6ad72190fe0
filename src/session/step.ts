import type { UserError } from "../kernel/errors.ts";
import type { Millis } from "../kernel/units.ts";
import type { Effect } from "./effects.ts";
import type { PlayerCommand } from "./protocol.ts";
import { type Ending, type Live, roomOf, type Session } from "./session.ts";

/** What an event makes of a session. With a refusal, nothing has changed and nothing is done. */
export interface Step {
  readonly session: Session;
  readonly effects: readonly Effect[];
  readonly refusal?: UserError;
}

export const to = (session: Session, ...effects: readonly Effect[]): Step => ({ session, effects });

export const stay = (session: Session): Step => to(session);

export const refuse = (session: Session, refusal: UserError): Step => ({ session, effects: [], refusal });

/** Effects that come before those of a step, unless it was refused. */
export const after = (effects: readonly Effect[], step: Step): Step =>
  step.refusal === undefined ? to(step.session, ...effects, ...step.effects) : step;

export const end = (session: Live, why: Ending, now: Millis, ...effects: readonly Effect[]): Step =>
  to({ ...roomOf(session), status: "over", why, endedAt: now }, ...effects);

export const tell = (command: PlayerCommand): Effect => ({ type: "tellPlayer", command });
