import { Temporal } from "temporal-polyfill";
import type { Millis } from "../kernel/units.ts";
import type { Recurrence, Weekday } from "../ports/programmes.ts";

/** One start of a schedule. */
export interface OccurrenceTime {
  /** The local date, `2026-03-29`; no date comes twice. */
  readonly date: string;
  readonly at: Millis;
}

/** A week, plus a day for the date line, contains every weekday of every zone. */
const SEARCH_DAYS = 9;

/**
 * The moment at which clocks in a zone show a time on a date: the first moment after the gap if
 * they skip it, the first of the two if they show it twice, none if the zone skips the whole date.
 */
const timeOn = (date: Temporal.PlainDate, { time, zone }: Pick<Recurrence, "time" | "zone">): Millis | undefined => {
  if (!date.toZonedDateTime(zone).toPlainDate().equals(date)) return undefined;
  const wanted = date.toPlainDateTime(Temporal.PlainTime.from(time));
  const first = wanted.toZonedDateTime(zone, { disambiguation: "earlier" });
  // In a gap, "earlier" gives a time before it; the transition comes next.
  const moment = first.toPlainDateTime().equals(wanted) ? first : first.getTimeZoneTransition("next");
  return moment?.epochMilliseconds;
};

const isOn = (date: Temporal.PlainDate, { days }: Recurrence): boolean => days.includes(date.dayOfWeek as Weekday);

const dateAt = (moment: Millis, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(moment)).toZonedDateTimeISO(zone).toPlainDate();

/** The first of these days, relative to today, whose moment satisfies the test. */
const find = (
  recurrence: Recurrence,
  now: Millis,
  days: Iterable<number>,
  fits: (moment: OccurrenceTime) => boolean,
): OccurrenceTime | undefined => {
  const today = dateAt(now, recurrence.zone);
  for (const offset of days) {
    const date = today.add({ days: offset });
    const at = isOn(date, recurrence) ? timeOn(date, recurrence) : undefined;
    const moment = at === undefined ? undefined : { date: date.toString(), at };
    if (moment !== undefined && fits(moment)) return moment;
  }
  return undefined;
};

/** The numbers from one to another, ascending or descending. */
function* range(from: number, to: number): Generator<number> {
  const step = Math.sign(to - from);
  for (let number = from; number !== to + step; number += step) yield number;
}

/** The first occurrence after `now` whose date is not skipped. */
export const nextOccurrence = (
  recurrence: Recurrence,
  now: Millis,
  leftOut: ReadonlySet<string> = new Set(),
): OccurrenceTime | undefined =>
  // Skipped dates are few; a few more weeks cover them all.
  find(recurrence, now, range(-1, SEARCH_DAYS + 7 * leftOut.size), ({ date, at }) => at > now && !leftOut.has(date));

/** The last occurrence at or before `now`. */
export const lastOccurrence = (recurrence: Recurrence, now: Millis): OccurrenceTime | undefined =>
  find(recurrence, now, range(1, -SEARCH_DAYS), ({ at }) => at <= now);
