import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import { hours, type Millis } from "../kernel/units.ts";

/** A budget covers the hour before now. */
const WINDOW: Millis = hours(1);

const spent = (minutes: number) => new UserError("uploads-budget", message("import.budgetSpent", { minutes }));

/** Processor time that each guild may use for its uploads in an hour. */
export interface CpuBudget {
  /** @throws UserError when the guild has nothing left; it says when it has again */
  check(guild: string): void;
  /** Books processor time, in seconds, once it has been used. */
  charge(guild: string, seconds: number): void;
}

/**
 * Creates a budget over a sliding hour. The last job may exceed it: what a file takes is known
 * only afterwards.
 * @param options.seconds of processor time in an hour for each guild
 * @param options.now milliseconds since the Unix epoch
 */
export const createCpuBudget = ({
  seconds,
  now,
}: {
  readonly seconds: number;
  readonly now: () => Millis;
}): CpuBudget => {
  const charges = new Map<string, readonly { readonly at: Millis; readonly seconds: number }[]>();

  const recent = (guild: string) => {
    const since = now() - WINDOW;
    const kept = (charges.get(guild) ?? []).filter(({ at }) => at > since);
    if (kept.length === 0) charges.delete(guild);
    else charges.set(guild, kept);
    return kept;
  };

  return {
    check(guild) {
      const kept = recent(guild);
      let over = kept.reduce((sum, charge) => sum + charge.seconds, 0) - seconds;
      if (over < 0) return;
      for (const charge of kept) {
        over -= charge.seconds;
        if (over < 0) throw spent(Math.max(1, Math.ceil((charge.at + WINDOW - now()) / 60_000)));
      }
    },
    charge(guild, used) {
      charges.set(guild, [...recent(guild), { at: now(), seconds: used }]);
    },
  };
};
