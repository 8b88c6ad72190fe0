import { message } from "../../i18n/message.ts";
import { UserError } from "../../kernel/errors.ts";
import { parseZone } from "../../programmes/parseRecurrence.ts";
import { parseTimeOfDay } from "../../session/clockTime.ts";
import type { DailyHours } from "../../session/rules.ts";

/** Minutes of the day; undefined when it is no time of day. The hour alone will do. */
export const minutesOfDay = (typed: string): number | undefined => {
  const [alone] = /^\s*\d{1,2}\s*$/.exec(typed.normalize("NFKC")) ?? [];
  try {
    const { hour, minute } = parseTimeOfDay(alone === undefined ? typed : `${alone.trim()}:00`);
    return hour * 60 + minute;
  } catch {
    return undefined;
  }
};

/** The time zone that was typed. @throws UserError when there is none of that name */
export const zoneOf = (typed: string): string => {
  try {
    return parseZone(typed);
  } catch {
    throw new UserError("not-understood", message("settings.unknownTimeZone"));
  }
};

/**
 * Hours such as `22:00 - 7:00`.
 * @param zone only read where there are hours
 * @returns undefined where nothing was typed: all day
 * @throws UserError when they, or the time zone, are not understood
 */
export const parseDailyHours = (typed: string, zone: string): DailyHours | undefined => {
  if (typed.trim() === "") return undefined;
  const [from, to, ...more] = typed
    .normalize("NFKC")
    .split(/\s*[-–—~〜]\s*/)
    .map(minutesOfDay);
  if (from === undefined || to === undefined || more.length > 0 || from === to)
    throw new UserError("not-understood", message("settings.quietChannelHoursNotUnderstood"));
  return { from, to, timeZone: zoneOf(zone) };
};
