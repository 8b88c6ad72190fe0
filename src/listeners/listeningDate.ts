import { hours, type Millis } from "../kernel/units.ts";

const DAY: Millis = hours(24);

/** The date of an evening, which goes from noon to noon: an hour after midnight still belongs to the day before. */
export const listeningDateOf = (now: Millis, timeZone: string): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(now - hours(12));

const dayStart = (evening: string): number => Date.parse(`${evening}T00:00:00Z`);

/** Days from one evening to another. */
export const daysBetween = (from: string, to: string): number => Math.round((dayStart(to) - dayStart(from)) / DAY);

/** The evening so many days before. */
export const daysBefore = (evening: string, days: number): string =>
  new Date(dayStart(evening) - days * DAY).toISOString().slice(0, 10);
