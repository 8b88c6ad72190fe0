import { hours, type Millis } from "../kernel/units.ts";

const DAY: Millis = hours(24);

/** The date of an evening, which goes from noon to noon: an hour after midnight still belongs to the day before. */
export const eveningOf = (now: Millis, timeZone: string): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(now - hours(12));

const dayOf = (evening: string): number => Date.parse(`${evening}T00:00:00Z`);

/** Days from one evening to another. */
export const eveningsBetween = (from: string, to: string): number => Math.round((dayOf(to) - dayOf(from)) / DAY);

/** The evening so many days before. */
export const eveningsBefore = (evening: string, days: number): string =>
  new Date(dayOf(evening) - days * DAY).toISOString().slice(0, 10);
