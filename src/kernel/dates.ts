import { hours, type Millis } from "./units.ts";

const DAY: Millis = hours(24);

const startOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);

/** Days from one calendar date to another, both as `2026-03-29`; negative when `to` comes first. */
export const daysBetween = (from: string, to: string): number => Math.round((startOf(to) - startOf(from)) / DAY);

/** The calendar date a number of days before another, both as `2026-03-29`. */
export const daysBefore = (date: string, days: number): string =>
  new Date(startOf(date) - days * DAY).toISOString().slice(0, 10);
