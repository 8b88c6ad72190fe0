import { minutesOf, type Programme } from "../../catalogue/programmes.ts";
import { listed, type Message, message, together } from "../../i18n/message.ts";
import type { Say } from "../../i18n/say.ts";
import { UserError } from "../../kernel/errors.ts";
import { escapeMarkdown } from "../../kernel/markdown.ts";
import { rawText } from "../../kernel/memberText.ts";
import { foldName, plainName } from "../../kernel/names.ts";
import { hours, minutes } from "../../kernel/units.ts";
import type { PlannedEvening, Recurrence, Weekday } from "../../ports/programmes.ts";
import { describeDuration } from "../../session/duration.ts";
import type { Autocomplete, Choice, CommandContext, Invoker } from "../command.ts";
import { choice } from "../soundChoices.ts";

const unknownProgramme = (typed: string) =>
  new UserError("unknown-programme", message("evening.unknownProgramme", { name: escapeMarkdown(typed) }));

const matches = (words: string, typed: string): boolean => foldName(words).includes(foldName(plainName(typed)));

/** The length of a programme in words. */
const programmeLength = (programme: Programme): Message => {
  const length = describeDuration(minutes(minutesOf(programme)));
  if (programme.phases.length === 0) return message("evening.visualsOnly");
  return programme.ends === "never" ? message("evening.loopLength", { length }) : length;
};

/** The programmes of the guild, by title and goal. */
export const autocompleteProgramme: Autocomplete = async (typed, { guild, say }, { guildProgrammes }) =>
  (await guildProgrammes.all(guild))
    .filter(({ title, goal }) =>
      matches(`${rawText(title)} ${goal} ${rawText(say.word(title))} ${say.word(goal)}`, typed),
    )
    .map((programme) =>
      choice(
        `${rawText(say.word(programme.title))} · ${say.word(programme.goal)} · ${say.of(programmeLength(programme))}`,
        programme.id,
      ),
    );

/** The programme that the invoker means. @throws UserError when none matches */
export const resolveProgramme = async (
  typed: string,
  { guild, say }: Pick<Invoker, "guild" | "say">,
  { guildProgrammes }: Pick<CommandContext, "guildProgrammes">,
): Promise<Programme> => {
  const isMeant = ({ title }: Programme) => foldName(say.word(title)) === foldName(plainName(typed));
  const found = (await guildProgrammes.find(guild, typed)) ?? (await guildProgrammes.all(guild)).find(isMeant);
  if (found === undefined) throw unknownProgramme(typed);
  return found;
};

/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);

/** Short names of weekdays: "Mon". */
const dayNames = ({ language }: Say): ((day: Weekday) => string) => {
  const format = new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" });
  return (day) => format.format(MONDAY + hours(24) * (day - 1));
};

/** `daily at 22:30, Europe/Berlin`, or `Mon, Wed and Fri at 22:30, Europe/Berlin`; for many evenings. */
const recurrenceTexts = (say: Say): ((recurrence: Recurrence) => string) => {
  const dayName = dayNames(say);
  return ({ days, time, zone }) => {
    const place = zone.replaceAll("_", " ");
    return days.length === 7
      ? say("evening.dailyAt", { time, zone: place })
      : say("evening.daysAt", { days: listed(days.map(dayName)), time, zone: place });
  };
};

/** The same for one evening. */
export const recurrenceText = (recurrence: Recurrence, say: Say): string => recurrenceTexts(say)(recurrence);

/** The guild's scheduled evenings, the soonest first. */
export const autocompleteEvening: Autocomplete = async (typed, { guild, say }, { evenings }) => {
  const textOf = recurrenceTexts(say);
  const titleOf = ({ title }: PlannedEvening) =>
    title === undefined ? say("evening.missingProgramme") : rawText(say.word(title));
  return (await evenings.list(guild))
    .map((evening): Choice => choice(`${titleOf(evening)} · ${textOf(evening)}`, evening.id))
    .filter(({ name }) => matches(name, typed));
};

const foldZone = (zone: string): string => foldName(zone).replaceAll("_", " ");

/** IANA time zones, the operator's first. */
export const autocompleteZone: Autocomplete = (typed, _, { timeZone }) =>
  [...new Set([timeZone, ...Intl.supportedValuesOf("timeZone"), "UTC"])]
    .filter((zone) => foldZone(zone).includes(foldZone(plainName(typed))))
    .slice(0, 25)
    .map((zone) => choice(zone.replaceAll("_", " "), zone));

/** Days as `parseDays` reads them, and the weekdays they stand for. */
const SUGGESTED_DAYS: readonly (readonly [written: string, days: readonly Weekday[]])[] = [
  ["daily", []],
  ["weekdays", []],
  ["weekends", []],
  ["fri sat", [5, 6]],
  ["mon", [1]],
  ["tue", [2]],
  ["wed", [3]],
  ["thu", [4]],
  ["fri", [5]],
  ["sat", [6]],
  ["sun", [7]],
];

const DAY_WORDS: Readonly<Record<string, Message>> = {
  daily: message("evening.daysDaily"),
  weekdays: message("evening.daysWeekdays"),
  weekends: message("evening.daysWeekends"),
};

/** The usual sets of weekdays, and what was typed. */
export const autocompleteDays: Autocomplete = (typed, { say }) => {
  const [own, dayName] = [plainName(typed), dayNames(say)];
  const usual = SUGGESTED_DAYS.map(([written, days]) => ({
    written,
    name: say.of(DAY_WORDS[written] ?? together([listed(days.map(dayName))])),
  })).filter(({ written, name }) => [written, name].some((one) => foldName(one).startsWith(foldName(own))));
  const isUsual = usual.some(({ written, name }) => own === written || own === name);
  return [
    ...usual.map(({ written, name }) => choice(name, written)),
    ...(own === "" || isUsual ? [] : [choice(own, own)]),
  ];
};
