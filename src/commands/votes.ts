import type { SessionView } from "../session/view.ts";

const WISHES = { skip: "skip this", stop: "stop" } as const;

/** What a member's vote has come to. */
export const voteText = ({ to, have, need }: NonNullable<SessionView["votes"]>): string =>
  `${have} of the ${need} it takes would like to ${WISHES[to]}. The others can join with /${to}, or on the panel.`;
