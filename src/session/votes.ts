import type { UserId } from "../kernel/ids.ts";
import { type ActiveSession, comingOf, trackOf, type Votes } from "./session.ts";
import { type Step, stepTo } from "./step.ts";

/** The member who wants to end what others are listening to. */
export interface Decider {
  readonly by: UserId;
  /** Whether the member is a host, who needs no votes. */
  readonly asHost?: boolean;
}

/** The member who queued the sound that is playing, or about to play. */
const ownerOf = (session: ActiveSession): UserId | undefined => (trackOf(session)?.entry ?? comingOf(session))?.by;

/**
 * Whether a member may decide alone about what others are listening to.
 * @param votes whether the guild votes
 * @param owner the member who queued it
 */
export const decidesAlone = (votes: boolean, owner: UserId | undefined, { by, asHost }: Decider): boolean =>
  !votes || asHost === true || owner === by;

/** Whether this member may end the current sound alone. */
export const mayDecide = (session: ActiveSession, decider: Decider): boolean =>
  decidesAlone(session.rules.votes, ownerOf(session), decider);

/** The votes needed: more than half of the listeners. */
export const votesNeeded = ({ listeners }: Pick<ActiveSession, "listeners">): number =>
  Math.floor(listeners.length / 2) + 1;

/** Voters who are still listening. */
export const votesFor = ({ votes, listeners }: ActiveSession, to: Votes["to"]): readonly UserId[] =>
  votes?.to === to ? votes.by.filter((user) => listeners.includes(user)) : [];

/**
 * Acts at once for members who may decide alone, otherwise once more than half of the listeners
 * have voted.
 */
export const decideOrVote = (
  session: ActiveSession,
  to: Votes["to"],
  deciding: Decider,
  act: (session: ActiveSession) => Step,
): Step => {
  const { votes: _, ...rest } = session;
  const decided = rest as ActiveSession;
  if (mayDecide(session, deciding)) return act(decided);
  const by = [...new Set([...votesFor(session, to), deciding.by])];
  return by.length >= votesNeeded(session) ? act(decided) : stepTo({ ...session, votes: { to, by } });
};
