import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import type { Recurrence, Weekday } from "../ports/programmes.ts";
import { parseTimeOfDay } from "../session/clockTime.ts";

const zoneUnknown = () => new UserError("zone-unknown", message("evening.zoneUnknown"));
const daysUnknown = () => new UserError("days-unknown", message("evening.daysNotUnderstood"));

let zones: ReadonlyMap<string, string> | undefined;

/** The zones that are listed, by their names in small letters. Node makes the list each time that it is asked. */
const listedZones = (): ReadonlyMap<string, string> => {
  zones ??= new Map(Intl.supportedValuesOf("timeZone").map((zone) => [zone.toLowerCase(), zone]));
  return zones;
};

/**
 * An IANA time zone, spelt as in the list, from a name in any case.
 * @throws UserError for anything else, offsets such as `+02:00` included: they know nothing of
 * daylight saving time
 */
export const parseZone = (typed: string): string => {
  const name = typed.trim().replaceAll(" ", "_");
  if (!/^[A-Za-z][\w+/-]{1,49}$/.test(name)) throw zoneUnknown();
  const listed = listedZones().get(name.toLowerCase());
  if (listed !== undefined) return listed;
  try {
    // The list has each place once; aliases such as Asia/Kolkata are accepted too.
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    throw zoneUnknown();
  }
};

/**
 * Monday first, in the languages of the commands. Two letters match exactly; three or more match
 * every word that starts with them.
 */
const DAYS: readonly (readonly string[])[] = [
  ["mo", "mon", "lun", "月"],
  ["di", "tu", "tue", "die", "mar", "火"],
  ["mi", "we", "wed", "mit", "mie", "mer", "水"],
  ["do", "th", "thu", "don", "jue", "jeu", "木"],
  ["fr", "fri", "fre", "vie", "ven", "金"],
  ["sa", "sat", "sam", "sab", "土"],
  ["so", "su", "sun", "son", "dom", "dim", "日"],
];

const SETS: readonly (readonly [RegExp, readonly Weekday[]])[] = [
  [/^(daily|every ?day|all|täglich|diario|cada día|quotidien|tous les jours|毎日)$/u, [1, 2, 3, 4, 5, 6, 7]],
  [/^(weekdays?|work ?days?|werktags?|laborables?|semaine|平日)$/u, [1, 2, 3, 4, 5]],
  [/^(weekends?|wochenende|fin de semana|week-ends?|週末)$/u, [6, 7]],
];

const dayOf = (word: string): Weekday => {
  const plain = word.normalize("NFKD").replace(/\p{M}/gu, "");
  const index = DAYS.findIndex((names) =>
    names.some(
      (name) => plain === name || (/^[a-z]{3}/.test(name) && plain.startsWith(name)) || plain === `${name}曜日`,
    ),
  );
  if (index < 0) throw daysUnknown();
  return (index + 1) as Weekday;
};

/** From one weekday to another, wrapping around the end of the week. */
const span = (from: Weekday, to: Weekday): readonly Weekday[] =>
  Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, i) => (((from - 1 + i) % 7) + 1) as Weekday);

/**
 * Parses weekdays as people type them: `daily`, `weekdays`, `mon wed fri`, `fri-sun`.
 * @returns each day once, in order
 * @throws UserError with an example
 */
export const parseDays = (typed: string): readonly Weekday[] => {
  const text = typed.normalize("NFKC").trim().toLowerCase().slice(0, 100);
  const set = SETS.find(([names]) => names.test(text));
  if (set !== undefined) return set[1];
  const words = text
    .replace(/\s*(?:-|–|\bto\b|\bbis\b|〜|~)\s*/gu, "-")
    .split(/[\s,;/&+、・]+/u)
    .filter((word) => !["", "and", "und", "y", "et"].includes(word));
  if (words.length === 0) throw daysUnknown();
  const days = words.flatMap((word) => {
    const [from = "", to, ...more] = word.split("-").map((part) => part.replace(/\.$/, ""));
    if (more.length > 0) throw daysUnknown();
    return to === undefined ? [dayOf(from)] : span(dayOf(from), dayOf(to));
  });
  return [...new Set(days)].toSorted((a, b) => a - b);
};

/**
 * Parses a recurrence from what a member typed.
 * @throws UserError that names what was not understood, with an example
 */
export const parseRecurrence = (typed: {
  readonly days: string;
  readonly at: string;
  readonly zone: string;
}): Recurrence => ({
  days: parseDays(typed.days),
  time: parseTimeOfDay(typed.at).toString({ smallestUnit: "minute" }),
  zone: parseZone(typed.zone),
});
