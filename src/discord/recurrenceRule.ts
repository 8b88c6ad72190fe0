import {
  type APIGuildScheduledEventRecurrenceRule,
  GuildScheduledEventRecurrenceRuleFrequency as Frequency,
} from "discord.js";
import { Temporal } from "temporal-polyfill";
import type { Millis } from "../kernel/units.ts";
import type { Recurrence } from "../ports/programmes.ts";

/** The fields that bots may set and evenings need. */
type RecurrenceRule = Pick<APIGuildScheduledEventRecurrenceRule, "start" | "interval" | "frequency"> &
  Partial<Pick<APIGuildScheduledEventRecurrenceRule, "by_weekday">>;

/** Sets of weekdays that Discord accepts in a daily rule; Monday is 0. */
const DAILY_SETS: ReadonlySet<string> = new Set(
  ["0,1,2,3,4", "1,2,3,4,5", "6,0,1,2,3", "4,5", "5,6", "6,0"].map(sorted),
);

function sorted(days: string): string {
  return days.split(",").toSorted().join(",");
}

/**
 * The recurrence rule for Discord, computed from the next occurrence. Discord counts days in UTC
 * and ignores daylight saving time, so the rule is updated after each occurrence.
 * @returns undefined if Discord has no rule for these days; the event then shows only the next
 * occurrence
 */
export const recurrenceRule = ({ days, zone }: Recurrence, next: Millis): RecurrenceRule | undefined => {
  const moment = Temporal.Instant.fromEpochMilliseconds(next);
  const shift = moment.toZonedDateTimeISO("UTC").dayOfWeek - moment.toZonedDateTimeISO(zone).dayOfWeek;
  const start = new Date(next).toISOString();
  if (days.length === 7) return { start, interval: 1, frequency: Frequency.Daily };
  const inUtc = days.map((day) => (day - 1 + shift + 7) % 7).toSorted((a, b) => a - b);
  if (inUtc.length === 1) return { start, interval: 1, frequency: Frequency.Weekly, by_weekday: inUtc };
  return DAILY_SETS.has(inUtc.join(","))
    ? { start, interval: 1, frequency: Frequency.Daily, by_weekday: inUtc }
    : undefined;
};
