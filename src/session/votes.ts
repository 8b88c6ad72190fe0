import type { UserId } from "../kernel/ids.ts";
import { type ActiveSession, comingOf, trackOf, type Votes } from "./session.ts";
import { type Step, stepTo } from "./step.ts";

/** Who wishes something that ends what others listen to. */
export interface Decider {
  readonly by: UserId;
  /** The guild's host, who needs nobody's leave. */
  readonly asHost?: boolean;
}

/** Whose sound it is that plays, or is about to. */
const ownerOf = (session: ActiveSession): UserId | undefined => (trackOf(session)?.entry ?? comingOf(session))?.by;

/** Whether this member alone may end what plays. */
export const mayDecide = (session: ActiveSession, { by, asHost }: Decider): boolean =>
  !session.rules.votes || asHost === true || ownerOf(session) === by;

/** More than half of those who listen. */
export const votesNeeded = ({ listeners }: Pick<ActiveSession, "listeners">): number =>
  Math.floor(listeners.length / 2) + 1;

/** Those who voted and are still there. */
export const votesFor = ({ votes, listeners }: ActiveSession, to: Votes["to"]): readonly UserId[] =>
  votes?.to === to ? votes.by.filter((user) => listeners.includes(user)) : [];

/** Does it at once for those who may, and otherwise when more than half of the listeners would like it. */
export const decideOrVote = (
  session: ActiveSession,
  wish: Votes["to"],
  deciding: Decider,
  act: (session: ActiveSession) => Step,
): Step => {
  const { votes: _, ...rest } = session;
  const decided = rest as ActiveSession;
  if (mayDecide(session, deciding)) return act(decided);
  const by = [...new Set([...votesFor(session, wish), deciding.by])];
  return by.length >= votesNeeded(session) ? act(decided) : stepTo({ ...session, votes: { to: wish, by } });
};
