import { Temporal } from "temporal-polyfill";
import type { Recurrence, Weekday } from "../host/ports.ts";
import type { Millis } from "../kernel/units.ts";

/** One time at which a schedule begins. */
export interface Moment {
  /** The date on the clocks there, `2026-03-29`; no date comes twice. */
  readonly date: string;
  readonly at: Millis;
}

/** A week, and a day for the date line, has every weekday of every zone. */
const FURTHEST_DAYS = 9;

/**
 * The moment at which the clocks of a zone show a time on a date. Where they skip it, the first moment after the gap; where they
 * show it twice, the first of the two. A date that a zone has left out altogether has no moment.
 */
const momentOn = (date: Temporal.PlainDate, { time, zone }: Pick<Recurrence, "time" | "zone">): Millis | undefined => {
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

const momentsAround = (recurrence: Recurrence, now: Millis, from: number, to: number): readonly Moment[] => {
  const today = dateAt(now, recurrence.zone);
  return Array.from({ length: to - from + 1 }, (_, i) => today.add({ days: from + i }))
    .filter((date) => isOn(date, recurrence))
    .flatMap((date) => {
      const at = momentOn(date, recurrence);
      return at === undefined ? [] : [{ date: date.toString(), at }];
    });
};

/** The first occurrence that begins after `now`, and whose date is none of those left out. */
export const nextMoment = (
  recurrence: Recurrence,
  now: Millis,
  leftOut: ReadonlySet<string> = new Set(),
): Moment | undefined =>
  // Left-out dates are few; a few more weeks have room for them all.
  momentsAround(recurrence, now, -1, FURTHEST_DAYS + 7 * leftOut.size).find(
    ({ date, at }) => at > now && !leftOut.has(date),
  );

/** The last occurrence that began at `now` or before. */
export const lastMoment = (recurrence: Recurrence, now: Millis): Moment | undefined =>
  momentsAround(recurrence, now, -FURTHEST_DAYS, 1).findLast(({ at }) => at <= now);
