import { type Message, message } from "../../i18n/message.ts";
import type { SessionView } from "../../session/view.ts";

/** The state of a vote after a member has voted. */
export const voteText = ({ to, have, need }: NonNullable<SessionView["votes"]>): Message =>
  to === "skip" ? message("vote.skipAnnounced", { have, need }) : message("vote.stopAnnounced", { have, need });
