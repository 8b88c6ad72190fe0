import type { UserId } from "../kernel/ids.ts";

/**
 * Of how many at a time the lists begin to count. Whoever watches knows that it is not themselves, and, likely, not the one
 * who queued the sound; two are left then, either of whom it may be.
 */
const SMALLEST_GROUP = 4;

/** Whose lists count in a room. */
export interface Company {
  /** Until the session is over, whether they are still there or not: else it could be seen whose leaving changed something. */
  readonly counted: readonly UserId[];
}

export const NO_COMPANY: Company = { counted: [] };

/**
 * The company when it is asked about. Those who have come since count when they are four or more together; one who comes
 * alone is never the one difference between two answers.
 */
export const companyOf = ({ counted }: Company, present: readonly UserId[]): Company => {
  const newcomers = present.filter((user) => !counted.includes(user));
  return { counted: newcomers.length >= SMALLEST_GROUP ? [...counted, ...newcomers] : counted };
};

/** Whose lists are asked for: of all who count, and, of the others, only lists of mode `always`. */
export const askedOf = ({ counted }: Company, present: readonly UserId[]) => ({
  counted,
  // Alone, one hears what one asks for.
  others: present.length < 2 ? [] : present.filter((user) => !counted.includes(user)),
});
