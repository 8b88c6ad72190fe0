import { Temporal } from "temporal-polyfill";
import type { Millis } from "../kernel/units.ts";
import { zonedTime } from "../kernel/zonedTime.ts";
import type { QuietHours } from "./rules.ts";

const DAY_MINUTES = 24 * 60;

/** Whether it is within the quiet hours, which may span midnight, in their time zone. */
export const isQuietAt = (quiet: QuietHours, now: Millis): boolean => {
  const { hour, minute } = zonedTime(now, quiet.timeZone);
  const since = (hour * 60 + minute - quiet.from + DAY_MINUTES) % DAY_MINUTES;
  return since < (quiet.to - quiet.from + DAY_MINUTES) % DAY_MINUTES;
};

/**
 * When the quiet hours next begin or end; a time that daylight saving time skips counts as the
 * first one after it.
 */
export const nextQuietChange = (quiet: QuietHours, now: Millis): Millis => {
  const here = zonedTime(now, quiet.timeZone);
  const moments = [0, 1, 2].flatMap((days) =>
    [quiet.from, quiet.to].map((minutes) => {
      const time = Temporal.PlainTime.from({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
      const local = here.toPlainDate().add({ days }).toPlainDateTime(time);
      return local.toZonedDateTime(quiet.timeZone, { disambiguation: "compatible" }).epochMilliseconds;
    }),
  );
  return Math.min(...moments.filter((moment) => moment > now));
};
