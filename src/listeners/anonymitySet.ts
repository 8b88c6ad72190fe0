import type { ChannelId, GuildId, UserId } from "../kernel/ids.ts";
import { hours, type Millis } from "../kernel/units.ts";
import type { VoicePresence } from "../ports/guild.ts";
import { type AnonymitySet, MIN_PRESENCE } from "../ports/listeners.ts";

/**
 * How many established members it takes to form a set. An observer knows that a list is not their own; with two accounts that
 * count they know it of two members, and two are left that it could belong to.
 */
const MIN_SET_SIZE = 4;

/** An account that joined the guild more recently may be anybody's second one, so it does not make up the number. */
export const MIN_MEMBERSHIP: Millis = hours(7 * 24);

/** Whether a member makes up the number of those who form a set. */
const isEstablished = ({ joinedGuildAt, joinedChannelAt }: VoicePresence, now: Millis): boolean =>
  joinedGuildAt !== undefined && now - joinedGuildAt >= MIN_MEMBERSHIP && now - joinedChannelAt >= MIN_PRESENCE;

/** The voice channel that is asked about, and who is in it. */
export interface Gathering {
  readonly guild: GuildId;
  readonly channel: ChannelId;
  readonly present: readonly VoicePresence[];
}

/**
 * The sets of a night once a channel has been asked about.
 *
 * Everything that decides here is public: who is in which channel, since when, and who is in a set already. No list is looked
 * at, and every member's list takes effect with the others of the set or not at all. So what anybody gets to see is the same
 * whichever member of a set a list belongs to, whatever observers do and wherever they do it.
 * @param sets every guild's: a member of one is never part of a second, since what two sets have in common could be one person
 * @param newId names a new set
 * @returns the sets that were added or have changed
 */
export const changedSets = (
  sets: readonly AnonymitySet[],
  { guild, channel, present }: Gathering,
  now: Millis,
  newId: () => string,
): readonly AnonymitySet[] => {
  const here = new Set(present.map(({ user }) => user));
  const followed = sets
    .filter((set) => set.guild === guild && !set.channels.includes(channel))
    .filter(({ members }) => members.filter((user) => here.has(user)).length >= MIN_SET_SIZE)
    .map((set) => ({ ...set, channels: [...set.channels, channel] }));
  const taken = new Set(sets.flatMap(({ members }) => members));
  const free = present.filter(({ user }) => !taken.has(user));
  if (free.filter((one) => isEstablished(one, now)).length < MIN_SET_SIZE) return followed;
  const members = free.map(({ user }) => user).toSorted();
  return [...followed, { id: newId(), guild, members, channels: [channel] }];
};

/** Whose lists take effect in a channel: every member of its sets; of the others there, only lists of mode `always`. */
export const usersToQuery = (
  sets: readonly AnonymitySet[],
  { guild, channel, present }: Gathering,
): { readonly counted: readonly UserId[]; readonly others: readonly UserId[] } => {
  const counted = sets
    .filter((set) => set.guild === guild && set.channels.includes(channel))
    .flatMap(({ members }) => members);
  const isCounted = new Set(counted);
  // Alone, members hear what they ask for.
  const others = present.length < 2 ? [] : present.map(({ user }) => user).filter((user) => !isCounted.has(user));
  return { counted, others };
};
