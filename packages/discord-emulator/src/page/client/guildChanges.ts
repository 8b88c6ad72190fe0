import type { GuildChanges, GuildView, ListChanges } from "../protocol.ts";

type Item = { readonly id: string };

/** The list with its changes; items that did not change stay the same objects. */
const applyToList = <T extends Item>(list: readonly T[], changes: ListChanges<T> | undefined): readonly T[] => {
  if (changes === undefined) return list;
  const { put = [], removed = [], order } = changes;
  const items = new Map(list.map((item) => [item.id, item]));
  for (const id of removed) items.delete(id);
  for (const item of put) items.set(item.id, item);
  if (order === undefined) return [...items.values()];
  return order.flatMap((id) => items.get(id) ?? []);
};

/**
 * The guild after what the server says has changed. What did not change is the same object as before, so that a view that
 * draws from it can tell.
 */
export const applyChanges = (guild: GuildView, changes: GuildChanges): GuildView => {
  const messages = { ...guild.messages };
  for (const [channel, list] of Object.entries(changes.messages ?? {})) {
    if (list === null) delete messages[channel];
    else messages[channel] = applyToList(messages[channel] ?? [], list);
  }
  return {
    user: changes.user ?? guild.user,
    isListening: changes.isListening ?? guild.isListening,
    botPermissions: applyToList(guild.botPermissions, changes.botPermissions),
    channels: applyToList(guild.channels, changes.channels),
    members: applyToList(guild.members, changes.members),
    roles: applyToList(guild.roles, changes.roles),
    messages: changes.messages === undefined ? guild.messages : messages,
  };
};
