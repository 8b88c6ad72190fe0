import { Temporal } from "temporal-polyfill";
import type { Millis } from "../kernel/units.ts";
import type { Recurrence, Weekday } from "../ports/programmes.ts";

/** One time at which a schedule begins. */
export interface OccurrenceTime {
  /** The date on the clocks there, `2026-03-29`; no date comes twice. */
  readonly date: string;
  readonly at: Millis;
}

/** A week, and a day for the date line, has every weekday of every zone. */
const SEARCH_DAYS = 9;

/**
 * The moment at which the clocks of a zone show a time on a date. Where they skip it, the first moment after the gap; where they
 * show it twice, the first of the two. A date that a zone has left out altogether has no moment.
 */
const timeOn = (date: Temporal.PlainDate, { time, zone }: Pick<Recurrence, "time" | "zone">): Millis | undefined => {
  if (!date.toZonedDateTime(zone).toPlainDate().equals(date)) return undefined;
  const wanted = date.toPlainDateTime(Temporal.PlainTime.from(time));
  const first = wanted.toZonedDateTime(zone, { disambiguation: "earlier" });
  // In a gap, "earlier" is a time before it; the gap itself comes next.
  const moment = first.toPlainDateTime().equals(wanted) ? first : first.getTimeZoneTransition("next");
  return moment?.epochMilliseconds;
};

const isOn = (date: Temporal.PlainDate, { days }: Recurrence): boolean => days.includes(date.dayOfWeek as Weekday);

const dateAt = (moment: Millis, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(moment)).toZonedDateTimeISO(zone).toPlainDate();

/** The first of the days, counted from today on, whose moment is what is looked for. */
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

/** Numbers from one to another, up or down. */
function* range(from: number, to: number): Generator<number> {
  const step = Math.sign(to - from);
  for (let number = from; number !== to + step; number += step) yield number;
}

/** The first occurrence that begins after `now`, and whose date is none of those left out. */
export const nextOccurrence = (
  recurrence: Recurrence,
  now: Millis,
  leftOut: ReadonlySet<string> = new Set(),
): OccurrenceTime | undefined =>
  // Left-out dates are few; a few more weeks have room for them all.
  find(recurrence, now, range(-1, SEARCH_DAYS + 7 * leftOut.size), ({ date, at }) => at > now && !leftOut.has(date));

/** The last occurrence that began at `now` or before. */
export const lastOccurrence = (recurrence: Recurrence, now: Millis): OccurrenceTime | undefined =>
  find(recurrence, now, range(1, -SEARCH_DAYS), ({ at }) => at <= now);
