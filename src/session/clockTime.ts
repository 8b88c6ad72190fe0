import { Temporal } from "temporal-polyfill";
import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import type { Millis } from "../kernel/units.ts";
import { zonedTime } from "../kernel/zonedTime.ts";
import { MIN_DURATION } from "./duration.ts";
import { MAX_TIMER } from "./timing.ts";

/** One time of day in two spellings. */
interface TimeExample {
  /** `23:30` */
  readonly example: string;
  /** `11:30 pm` */
  readonly inTwelve: string;
}

const EVENING: TimeExample = { example: "23:30", inTwelve: "11:30 pm" };

const notUnderstood = (example: TimeExample) =>
  new UserError("time-not-understood", message("sleep.timeNotUnderstood", { ...example }));
const tooFar = (latest: string) => new UserError("time-too-far", message("sleep.timeTooFar", { latest }));

/** `23:30`, `23.30`, `23h30`, `11:30 pm`, `11pm`; the hour alone needs am or pm. */
const SHAPE = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?$/;

/** A time that `parseClockTime` accepts now: the first half hour that is at least an hour away. */
const exampleAt = (here: Temporal.ZonedDateTime): TimeExample => {
  const { hour, minute } = here
    .add({ hours: 1 })
    .round({ smallestUnit: "minute", roundingIncrement: 30, roundingMode: "ceil" });
  const past = String(minute).padStart(2, "0");
  return {
    example: `${String(hour).padStart(2, "0")}:${past}`,
    inTwelve: `${hour % 12 || 12}:${past} ${hour < 12 ? "am" : "pm"}`,
  };
};

/**
 * Parses a time of day: `23:30`, `23.30`, `11:30 pm`.
 * @param example what the refusal offers instead
 * @throws UserError with an example when it is not a time of day
 */
export const parseTimeOfDay = (input: string, example: TimeExample = EVENING): Temporal.PlainTime => {
  const match = SHAPE.exec(input.normalize("NFKC").trim().toLowerCase());
  if (match === null) throw notUnderstood(example);
  const [, hourText, minuteText, half] = match;
  if (minuteText === undefined && half === undefined) throw notUnderstood(example);
  const [hour, minute] = [Number(hourText), Number(minuteText ?? 0)];
  const last = half === undefined ? 23 : 12;
  if (hour > last || minute > 59 || (half !== undefined && hour === 0)) throw notUnderstood(example);
  if (half === undefined) return Temporal.PlainTime.from({ hour, minute });
  return Temporal.PlainTime.from({ hour: (hour % 12) + (half.startsWith("p") ? 12 : 0), minute });
};

/**
 * The next moment at which the clocks of a time zone show this time. Where daylight saving skips
 * it, the clocks' next time counts (02:30 in a gap of an hour is 03:30); where it comes twice, the
 * first one that is still ahead.
 * @param zone IANA name, e.g. `Europe/Berlin`
 * @throws UserError when it is no time of day, or more than 12 hours away
 * @throws RangeError when the zone is unknown
 */
export const parseClockTime = (input: string, now: Millis, zone: string): Millis => {
  const here = zonedTime(now, zone);
  const time = parseTimeOfDay(input, exampleAt(here));
  const moments = [0, 1].flatMap((days) => {
    const local = here.toPlainDate().add({ days }).toPlainDateTime(time);
    return (["earlier", "later"] as const).map((disambiguation) => {
      const moment = local.toZonedDateTime(zone, { disambiguation });
      // In a gap, "earlier" gives the time before it, which no clock showed.
      return moment.toPlainDateTime().equals(local) || disambiguation === "later" ? moment.epochMilliseconds : 0;
    });
  });
  const next = Math.min(...moments.filter((moment) => moment - now >= MIN_DURATION));
  if (next - now > MAX_TIMER) {
    const latest = here.add({ milliseconds: MAX_TIMER });
    throw tooFar(latest.toPlainTime().toString({ smallestUnit: "minute" }));
  }
  return next;
};
