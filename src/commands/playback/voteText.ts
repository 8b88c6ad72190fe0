import { type Text, text } from "../../kernel/text.ts";
import type { SessionView } from "../../session/view.ts";

/** What a member's vote has come to. */
export const voteText = ({ to, have, need }: NonNullable<SessionView["votes"]>): Text =>
  to === "skip"
    ? text`${have} of the ${need} it takes would like to skip this. The others can join with /skip, or on the panel.`
    : text`${have} of the ${need} it takes would like to stop. The others can join with /stop, or on the panel.`;
