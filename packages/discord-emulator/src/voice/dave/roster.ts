/** What a proposal changes: who is added, or which leaf is taken away. */
export type Change<Member> =
  | { readonly type: "add"; readonly member: Member }
  | { readonly type: "remove"; readonly leaf: number };

/** The leaves of the group's tree in order; undefined where one is blank. */
export type Roster<Member> = readonly (Member | undefined)[];

/** The roster after a commit: removals first, then each new member into the leftmost blank leaf (RFC 9420, 12.4.2 and 7.7). */
export const applyCommit = <Member>(roster: Roster<Member>, changes: readonly Change<Member>[]): Roster<Member> => {
  const leaves = [...roster];
  for (const change of changes) if (change.type === "remove") leaves[change.leaf] = undefined;
  for (const change of changes) {
    if (change.type !== "add") continue;
    const blank = leaves.indexOf(undefined);
    if (blank === -1) leaves.push(change.member);
    else leaves[blank] = change.member;
  }
  return leaves;
};
