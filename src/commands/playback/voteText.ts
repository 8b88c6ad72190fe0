import { type Message, message } from "../../i18n/message.ts";
import type { SessionView } from "../../session/view.ts";

/** What a member's vote has come to. */
export const voteText = ({ to, have, need }: NonNullable<SessionView["votes"]>): Message =>
  to === "skip" ? message("vote.skipAnnounced", { have, need }) : message("vote.stopAnnounced", { have, need });
