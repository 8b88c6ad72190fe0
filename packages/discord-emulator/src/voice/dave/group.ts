import { forgetGroup, type MemberState } from "./groupMember.ts";
import { applyCommit, type Change, type Roster } from "./roster.ts";

/** The MLS group of a call as the voice gateway knows it: epoch, leaves, and which leaves are stale. */
export const createGroup = () => {
  const stale = new Set<number>();
  let roster: Roster<MemberState> = [];
  let epoch = 0n;
  let establishedAt: number | undefined;

  const members = (): readonly MemberState[] =>
    roster.filter((client, leaf): client is MemberState => client !== undefined && !stale.has(leaf));

  return {
    /** 0 while there is no group. */
    epoch: () => epoch,
    isEstablished: () => epoch > 0n,
    /** Since when (`performance.now()`) there has been a group. */
    establishedAt: () => establishedAt,
    members,
    has: (client: MemberState) => members().includes(client),
    /** Leaves whose clients have left or cannot follow: they are to be removed. */
    staleLeaves: (): ReadonlySet<number> => stale,
    markStale(client: MemberState): void {
      for (const [leaf, each] of roster.entries()) if (each === client) stale.add(leaf);
      forgetGroup(client);
    },
    /** A commit has won: the next epoch begins. @param committer the group's first member, where there was no group */
    advance(committer: MemberState, changes: readonly Change<MemberState>[]): void {
      roster = applyCommit(epoch === 0n ? [committer] : roster, changes);
      for (const change of changes) if (change.type === "remove") stale.delete(change.leaf);
      establishedAt ??= performance.now();
      epoch += 1n;
    },
    reset(): void {
      epoch = 0n;
      establishedAt = undefined;
      roster = [];
      stale.clear();
    },
  };
};

/** The MLS group of a call. */
export type Group = ReturnType<typeof createGroup>;
