import type { PlannedEvening, Recurrence } from "../host/schedulePorts.ts";
import { UserError } from "../kernel/errors.ts";
import type { GuildId } from "../kernel/ids.ts";
import { shown } from "../kernel/markdown.ts";
import { foldName, plainName } from "../kernel/names.ts";
import { minutes } from "../kernel/units.ts";
import { minutesOf, type Programme } from "../library/programmes.ts";
import { durationText } from "../session/duration.ts";
import { choice } from "./choices.ts";
import type { Choice, Complete, House } from "./command.ts";

const unknownProgramme = (typed: string) =>
  new UserError(
    "unknown-programme",
    `I know no programme called “${shown(typed)}”. Choose one from the list that opens as you type, such as Drift Off.`,
  );

const fits = (text: string, typed: string): boolean => foldName(text).includes(foldName(plainName(typed)));

/** How long a programme is, in words. */
const programmeLength = (programme: Programme): string =>
  programme.phases.length === 0
    ? "nothing to hear"
    : programme.ends === "never"
      ? `rounds of ${durationText(minutes(minutesOf(programme)))}`
      : durationText(minutes(minutesOf(programme)));

export const completeProgramme: Complete = async (typed, { guild }, { repertoire }) =>
  (await repertoire.all(guild))
    .filter(({ title, goal }) => fits(`${title} ${goal}`, typed))
    .map((programme) => choice(`${programme.title} · ${programme.goal} · ${programmeLength(programme)}`, programme.id));

/** @throws UserError when there is none like it */
export const programmeMeant = async (typed: string, guild: GuildId, { repertoire }: House): Promise<Programme> => {
  const found = await repertoire.find(guild, typed);
  if (found === undefined) throw unknownProgramme(typed);
  return found;
};

const DAY_NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** `daily`, `Mon, Wed and Fri`. */
const daysText = ({ days }: Pick<Recurrence, "days">): string =>
  days.length === 7
    ? "daily"
    : new Intl.ListFormat("en-GB", { type: "conjunction" }).format(days.map((day) => DAY_NAMES[day - 1] ?? ""));

/** `daily at 22:30, Europe/Berlin` */
export const recurrenceText = (recurrence: Recurrence): string =>
  `${daysText(recurrence)} at ${recurrence.time}, ${recurrence.zone.replaceAll("_", " ")}`;

const eveningChoice = (evening: PlannedEvening): Choice =>
  choice(`${evening.title ?? "A programme that is gone"} · ${recurrenceText(evening)}`, evening.id);

/** The evenings that are planned here, the soonest first. */
export const completeEvening: Complete = async (typed, { guild }, { evenings }) =>
  (await evenings.list(guild)).map(eveningChoice).filter(({ name }) => fits(name, typed));

const spoken = (zone: string): string => foldName(zone).replaceAll("_", " ");

export const completeZone: Complete = (typed, _, { timeZone }) =>
  [...new Set([timeZone, ...Intl.supportedValuesOf("timeZone"), "UTC"])]
    .filter((zone) => spoken(zone).includes(spoken(plainName(typed))))
    .slice(0, 25)
    .map((zone) => choice(zone.replaceAll("_", " "), zone));

const USUAL_DAYS = [
  "daily",
  "weekdays",
  "weekends",
  "fri sat",
  "mon",
  "tue",
  "wed",
  "thu",
  "fri",
  "sat",
  "sun",
] as const;

export const completeDays: Complete = (typed) => {
  const own = plainName(typed);
  const usual = USUAL_DAYS.filter((days) => days.startsWith(foldName(own)));
  return [...new Set([...usual, ...(own === "" ? [] : [own])])].map((days) => choice(days, days));
};
