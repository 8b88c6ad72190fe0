import { english } from "../i18n/english.ts";
import { type Message, message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import { hours, type Millis, minutes, seconds } from "../kernel/units.ts";
import { MAX_TIMER } from "./timing.ts";

/** The shortest duration that members can give. */
export const MIN_DURATION: Millis = seconds(5);

/** The units in the languages of the commands, after NFKC and in lower case. */
const UNITS: readonly (readonly [RegExp, Millis])[] = [
  [/^(h|hrs?|hours?|std|stunden?|heures?|horas?|時間)$/u, hours(1)],
  [/^(m|min|mins|minutes?|minuten?|minutos?|分)$/u, minutes(1)],
  [/^(s|secs?|seconds?|sek|sekunden?|secondes?|segundos?|秒)$/u, seconds(1)],
];

const notUnderstood = () => new UserError("duration-not-understood", message("duration.notUnderstood"));
/** The duration is below `MIN_DURATION`. */
export const tooShort = () => new UserError("duration-too-short", message("duration.tooShort"));
/** The duration is above `MAX_TIMER`. */
export const tooLong = () => new UserError("duration-too-long", message("duration.tooLong"));

const withinLimits = (duration: Millis): Millis => {
  if (duration < MIN_DURATION) throw tooShort();
  if (duration > MAX_TIMER) throw tooLong();
  return duration;
};

const unitOf = (word: string): Millis => {
  const found = UNITS.find(([names]) => names.test(word));
  if (found === undefined) throw notUnderstood();
  return found[1];
};

/**
 * The parts of "1h 15m 30s", each with a smaller unit than the one before; a bare number at the end
 * has the next smaller unit.
 */
const parseUnits = (text: string): Millis => {
  let total: Millis = 0;
  let last = Number.POSITIVE_INFINITY;
  const rest = text.replace(/(\d+(?:\.\d+)?)\s*([^\s\d.]+)?\.?\s*/gu, (_, count: string, word?: string) => {
    const unit = word === undefined ? last / 60 : unitOf(word);
    if (unit >= last || unit < seconds(1)) throw notUnderstood();
    total += Number(count) * unit;
    last = unit;
    return "";
  });
  if (rest !== "" || !Number.isFinite(total)) throw notUnderstood();
  return Math.round(total);
};

/**
 * Parses a duration as people type it: `30m`, `1h15`, `1 h 15 min`, `45s`, `1.5h`, `1:30` (hours
 * and minutes), and a bare number of minutes.
 * @throws UserError when it is not a duration, or not between 5 seconds and 12 hours
 */
export const parseDuration = (input: string): Millis => {
  const text = input
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/(\d),(\d)/, "$1.$2");
  if (text === "" || text.length > 40) throw notUnderstood();
  if (/^\d+(\.\d+)?$/.test(text)) return withinLimits(minutes(Number(text)));
  const colon = /^(\d{1,3}):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
  if (colon) {
    const [, h, m, s = 0] = colon;
    return withinLimits(hours(Number(h)) + minutes(Number(m)) + seconds(Number(s)));
  }
  return withinLimits(parseUnits(text));
};

/**
 * A duration in words, to the second under two minutes and to the minute above: `45 s`, `1 h 15
 * min`.
 */
export const describeDuration = (duration: Millis): Message => {
  if (duration < minutes(2)) {
    const [m, s] = [Math.floor(duration / minutes(1)), Math.round((duration % minutes(1)) / seconds(1))];
    return m === 0
      ? message("duration.seconds", { seconds: s })
      : s === 0
        ? message("duration.minutes", { minutes: m })
        : message("duration.minutesSeconds", { minutes: m, seconds: s });
  }
  const total = Math.round(duration / minutes(1));
  const [h, m] = [Math.floor(total / 60), total % 60];
  return h === 0
    ? message("duration.minutes", { minutes: m })
    : m === 0
      ? message("duration.hours", { hours: h })
      : message("duration.hoursMinutes", { hours: h, minutes: m });
};

/** The same in English, which `parseDuration` reads. */
export const formatDuration = (duration: Millis): string => english.of(describeDuration(duration));
