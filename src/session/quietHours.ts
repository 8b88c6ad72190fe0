import { Temporal } from "temporal-polyfill";
import type { Millis } from "../kernel/units.ts";
import { zonedTime } from "../kernel/zonedTime.ts";
import type { DailyHours, QuietChannelRule } from "./rules.ts";
import type { Session } from "./session.ts";

const DAY_MINUTES = 24 * 60;

/** Whether it is within hours of the day, such as the quiet hours, in their time zone. */
export const isQuietAt = (quiet: DailyHours, now: Millis): boolean => {
  const { hour, minute } = zonedTime(now, quiet.timeZone);
  const since = (hour * 60 + minute - quiet.from + DAY_MINUTES) % DAY_MINUTES;
  return since < (quiet.to - quiet.from + DAY_MINUTES) % DAY_MINUTES;
};

/**
 * When such hours next begin or end; a time that daylight saving time skips counts as the
 * first one after it.
 */
export const nextQuietChange = (quiet: DailyHours, now: Millis): Millis => {
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

/** Whether sound may begin in a quiet channel at this time of day. */
export const isOpenAt = ({ hours }: QuietChannelRule, now: Millis): boolean =>
  hours === undefined || isQuietAt(hours, now);

/** Whether the bot is to stay in the session's channel although nobody is there. */
export const isKept = ({ rules, channel }: Pick<Session, "rules" | "channel">, now: Millis): boolean => {
  const { quietChannel } = rules;
  return quietChannel?.channel === channel && quietChannel.stay && isOpenAt(quietChannel, now);
};
