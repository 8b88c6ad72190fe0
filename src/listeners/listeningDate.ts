import { Temporal } from "temporal-polyfill";
import type { Millis } from "../kernel/units.ts";
import { zonedTime } from "../kernel/zonedTime.ts";

const NOON = Temporal.PlainTime.from("12:00");

/**
 * The date of a night, which lasts from noon to noon: an hour after midnight belongs to the day before.
 * @param timeZone IANA name
 * @returns an ISO 8601 date, `2026-03-29`
 */
export const listeningDateOf = (now: Millis, timeZone: string): string => {
  const here = zonedTime(now, timeZone);
  return here
    .toPlainDate()
    .subtract({ days: here.hour < NOON.hour ? 1 : 0 })
    .toString();
};

/**
 * Creates a function that gives the listening date of a moment, and keeps the last one until its noon: it is asked for
 * with every audience, and a calendar in a time zone takes longer than most of what is done with the answer.
 * @param timeZone IANA name
 */
export const createListeningDates = (timeZone: string): ((now: Millis) => string) => {
  let [date, from, until] = ["", 0, 0];
  return (now) => {
    if (now < from || now >= until) {
      date = listeningDateOf(now, timeZone);
      from = now;
      until = nextNoon(now, timeZone);
    }
    return date;
  };
};

/** The next noon, at which one listening date ends and another begins. */
export const nextNoon = (now: Millis, timeZone: string): Millis => {
  const here = zonedTime(now, timeZone);
  return here.add({ days: here.hour < NOON.hour ? 0 : 1 }).withPlainTime(NOON).epochMilliseconds;
};
