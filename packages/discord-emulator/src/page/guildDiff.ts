import type { GuildChanges, GuildView, ListChanges } from "./protocol.ts";

/** What a page knows of a list: each item's JSON by its id, in order. */
type KnownList = ReadonlyMap<string, string>;

/** What a page has been told. */
export interface KnownGuild {
  readonly user: string;
  readonly isListening: boolean;
  readonly lists: Readonly<Record<ListName, KnownList>>;
  readonly messages: ReadonlyMap<string, KnownList>;
}

const LISTS = ["botPermissions", "channels", "members", "roles"] as const;
type ListName = (typeof LISTS)[number];
type Item = { readonly id: string };

const know = (items: readonly Item[]): KnownList => new Map(items.map((item) => [item.id, JSON.stringify(item)]));

/** What a page knows that has been sent all of it. */
export const knowGuild = (guild: GuildView): KnownGuild => ({
  user: JSON.stringify(guild.user),
  isListening: guild.isListening,
  lists: Object.fromEntries(LISTS.map((name) => [name, know(guild[name])])) as Record<ListName, KnownList>,
  messages: new Map(Object.entries(guild.messages).map(([channel, list]) => [channel, know(list)])),
});

const listChanges = (before: KnownList, after: KnownList, items: readonly Item[]): ListChanges<Item> | undefined => {
  const put = items.filter(({ id }) => before.get(id) !== after.get(id));
  const removed = [...before.keys()].filter((id) => !after.has(id));
  const stay = [...before.keys()].filter((id) => after.has(id));
  const reached = [...stay, ...put.map(({ id }) => id).filter((id) => !before.has(id))];
  const order = items.map(({ id }) => id);
  const isInOrder = order.every((id, i) => id === reached[i]);
  if (put.length === 0 && removed.length === 0 && isInOrder) return undefined;
  return {
    ...(put.length > 0 && { put }),
    ...(removed.length > 0 && { removed }),
    ...(!isInOrder && { order }),
  };
};

const messageChanges = (before: KnownGuild, after: KnownGuild, { messages }: GuildView) => {
  const changes: Record<string, ListChanges<Item> | null> = {};
  for (const [channel, list] of Object.entries(messages)) {
    const known = before.messages.get(channel);
    const found = listChanges(known ?? new Map(), after.messages.get(channel) ?? new Map(), list);
    if (found !== undefined) changes[channel] = found;
    else if (known === undefined) changes[channel] = {};
  }
  for (const channel of before.messages.keys()) if (messages[channel] === undefined) changes[channel] = null;
  return changes;
};

/**
 * What has changed since a page was told last.
 * @returns undefined where nothing has
 */
export const guildChanges = (before: KnownGuild, after: KnownGuild, guild: GuildView): GuildChanges | undefined => {
  const changes: Record<string, unknown> = {};
  if (before.user !== after.user) changes.user = guild.user;
  if (before.isListening !== after.isListening) changes.isListening = guild.isListening;
  for (const name of LISTS) {
    const found = listChanges(before.lists[name], after.lists[name], guild[name]);
    if (found !== undefined) changes[name] = found;
  }
  const messages = messageChanges(before, after, guild);
  if (Object.keys(messages).length > 0) changes.messages = messages;
  return Object.keys(changes).length > 0 ? changes : undefined;
};
