import type { GuildView, MessageView } from "../protocol.ts";
import { raw } from "./json.ts";

/** Whether a message came of what the user did: theirs, for them alone, or the answer to their command. */
const isOwn = ({ ephemeral, raw: of }: MessageView, user: string): boolean =>
  ephemeral || raw(of.author).id === user || raw(raw(of.interaction_metadata).user).id === user;

/** Whether a message of the user's own has come into the channel. */
export const hasOwnMessage = (before: GuildView, after: GuildView, channel: string): boolean => {
  const list = after.messages[channel] ?? [];
  const listBefore = before.messages[channel] ?? [];
  if (list === listBefore) return false;
  const known = new Set(listBefore.map(({ id }) => id));
  return list.some((message) => !known.has(message.id) && isOwn(message, after.user.id));
};
