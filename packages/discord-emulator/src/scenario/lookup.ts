import type { GuildChannel, GuildState, StoredMessage } from "../state/guild.ts";

/** @throws Error where there is no channel of that name */
export const findChannel = (guild: GuildState, name: string): GuildChannel => {
  const found = guild.channelNamed(name);
  if (found === undefined) throw new Error(`There is no channel "${name}".`);
  return found;
};

/** Whether a user sees a message: an ephemeral one is its user's alone. */
export const isVisibleTo = (user: string, { visibleTo }: StoredMessage): boolean =>
  visibleTo === undefined || visibleTo === user;
