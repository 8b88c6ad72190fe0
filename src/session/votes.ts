import type { UserId } from "../kernel/ids.ts";
import { comingOf, type Live, trackOf, type Votes } from "./session.ts";
import { type Step, to } from "./step.ts";

/** Who wishes something that ends what others listen to. */
export interface Deciding {
  readonly by: UserId;
  /** The guild's host, who needs nobody's leave. */
  readonly asHost?: boolean;
}

/** Whose sound it is that plays, or is about to. */
const owner = (session: Live): UserId | undefined => (trackOf(session)?.entry ?? comingOf(session))?.by;

/** Whether this member alone may end what plays. */
export const mayDecide = (session: Live, { by, asHost }: Deciding): boolean =>
  !session.rules.votes || asHost === true || owner(session) === by;

/** More than half of those who listen. */
export const votesNeeded = ({ listeners }: Pick<Live, "listeners">): number => Math.floor(listeners.length / 2) + 1;

/** Those who voted and are still there. */
export const votesFor = ({ votes, listeners }: Live, to: Votes["to"]): readonly UserId[] =>
  votes?.to === to ? votes.by.filter((user) => listeners.includes(user)) : [];

/** Does it at once for those who may, and otherwise when more than half of the listeners would like it. */
export const decide = (session: Live, wish: Votes["to"], deciding: Deciding, act: (session: Live) => Step): Step => {
  const { votes: _, ...rest } = session;
  const decided = rest as Live;
  if (mayDecide(session, deciding)) return act(decided);
  const by = [...new Set([...votesFor(session, wish), deciding.by])];
  return by.length >= votesNeeded(session) ? act(decided) : to({ ...session, votes: { to: wish, by } });
};
