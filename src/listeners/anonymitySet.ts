import type { UserId } from "../kernel/ids.ts";

/**
 * Of how many at a time the lists begin to count. Whoever watches knows that it is not themselves, and, likely, not the one
 * who queued the sound; two are left then, either of whom it may be.
 */
const MIN_SET_SIZE = 4;

/** Whose lists count in a room. */
export interface AnonymitySet {
  /** Until the session is over, whether they are still there or not: else it could be seen whose leaving changed something. */
  readonly members: readonly UserId[];
}

export const EMPTY_ANONYMITY_SET: AnonymitySet = { members: [] };

/**
 * The company when it is asked about. Those who have come since count when they are four or more together; one who comes
 * alone is never the one difference between two answers.
 */
export const extendAnonymitySet = ({ members }: AnonymitySet, present: readonly UserId[]): AnonymitySet => {
  const newcomers = present.filter((user) => !members.includes(user));
  return { members: newcomers.length >= MIN_SET_SIZE ? [...members, ...newcomers] : members };
};

/** Whose lists are asked for: of all who count, and, of the others, only lists of mode `always`. */
export const usersToQuery = ({ members }: AnonymitySet, present: readonly UserId[]) => ({
  counted: members,
  // Alone, one hears what one asks for.
  others: present.length < 2 ? [] : present.filter((user) => !members.includes(user)),
});
