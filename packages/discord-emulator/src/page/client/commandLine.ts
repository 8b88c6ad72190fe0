import type { Choice, CommandOption, RegisteredCommand, Translations, Value } from "../protocol.ts";
import { type Say, sayIn } from "./say.ts";

/** A command that can be run: its subcommands are commands of their own, as Discord lists them. */
export interface RunnableCommand {
  /** "play", "sleep in", in the user's language. */
  readonly path: string;
  /** As it is registered. */
  readonly sent: string;
  readonly description: string;
  readonly options: readonly Option[];
}

/** A choice under its name in the user's language. */
export interface OptionChoice extends Choice {
  /** As it is registered; absent: as it is shown. */
  readonly sent?: string;
}

/** An option under its name in the user's language. */
export interface Option extends Omit<CommandOption, "choices"> {
  /** As it is registered; absent: as it is shown. */
  readonly sent?: string;
  readonly choices?: readonly OptionChoice[];
}

/** The name under which the bot knows an option. */
export const sentName = ({ sent, name }: Option): string => sent ?? name;

/** Discord's numbers for the kinds of options. */
export const OptionType = {
  Subcommand: 1,
  Group: 2,
  Text: 3,
  Integer: 4,
  Boolean: 5,
  User: 6,
  Channel: 7,
  Number: 10,
  Attachment: 11,
} as const;

const CHAT_INPUT = 1;

const isPart = ({ type }: CommandOption) => type === OptionType.Subcommand || type === OptionType.Group;

/** What can be translated: a command, or an option. */
interface Spoken {
  readonly name: string;
  readonly description: string;
  readonly name_localizations?: Translations;
  readonly description_localizations?: Translations;
}
/** A name of a command, an option or a choice, as the user's language has it. */
export const nameIn = (locale: string, { name, name_localizations: names }: Omit<Spoken, "description">): string =>
  names?.[locale] ?? name;
const descriptionIn = (locale: string, { description, description_localizations: texts }: Spoken) =>
  texts?.[locale] ?? description;

const optionIn = (locale: string, option: CommandOption): Option => ({
  ...option,
  sent: option.name,
  name: nameIn(locale, option),
  description: descriptionIn(locale, option),
  ...(option.choices && {
    choices: option.choices.map((choice) => ({ ...choice, sent: choice.name, name: nameIn(locale, choice) })),
  }),
});

const partsOf = (
  locale: string,
  before: { readonly path: string; readonly sent: string },
  spoken: Spoken & { readonly options?: readonly CommandOption[] },
): readonly RunnableCommand[] => {
  const { options = [] } = spoken;
  const path = `${before.path} ${nameIn(locale, spoken)}`.trim();
  const sent = `${before.sent} ${spoken.name}`.trim();
  const parts = options.filter(isPart);
  if (parts.length > 0) return parts.flatMap((part) => partsOf(locale, { path, sent }, part));
  const description = descriptionIn(locale, spoken);
  return [{ path, sent, description, options: options.map((option) => optionIn(locale, option)) }];
};

/**
 * Everything that can be run.
 * @param locale the user's locale; names and descriptions that are not translated stay as they are registered
 * @param first paths, as they are registered, of what comes before all else; the rest is in alphabetical order
 */
export const runnableCommands = (
  commands: readonly RegisteredCommand[],
  locale = "en-US",
  first: readonly string[] = [],
): readonly RunnableCommand[] => {
  const rank = ({ sent }: RunnableCommand) => {
    const found = first.indexOf(sent);
    return found === -1 ? first.length : found;
  };
  return commands
    .filter(({ type = CHAT_INPUT }) => type === CHAT_INPUT)
    .flatMap((command) => partsOf(locale, { path: "", sent: "" }, command))
    .sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path));
};

/** A path as it is registered ("sleep in"), as the user's language has it; as it is where nothing of that name is known. */
export const commandName = (commands: readonly RegisteredCommand[], path: string, locale: string): string => {
  const [name = "", ...parts] = path.split(" ");
  let spoken: (Spoken & { readonly options?: readonly CommandOption[] }) | undefined = commands.find(
    (each) => each.name === name,
  );
  const names = [spoken === undefined ? name : nameIn(locale, spoken)];
  for (const part of parts) {
    spoken = spoken?.options?.find((each) => each.name === part);
    names.push(spoken === undefined ? part : nameIn(locale, spoken));
  }
  return names.join(" ");
};

/** What fits a text that begins with a slash: by the beginning of the path first, then by any of its words, then as registered. */
export const suggest = (all: readonly RunnableCommand[], typed: string): readonly RunnableCommand[] => {
  const wanted = typed.slice(1).trim().toLowerCase();
  const rank = ({ path, sent }: RunnableCommand) => {
    if (path.startsWith(wanted)) return 0;
    if (path.split(" ").some((word) => word.startsWith(wanted))) return 1;
    return sent.startsWith(wanted) ? 2 : 3;
  };
  return [0, 1, 2].flatMap((one) => all.filter((runnable) => rank(runnable) === one)).slice(0, 40);
};

/** The command that a text names in full, a space after it; "/sleep " alone names none where there are subcommands. */
export const findCommand = (all: readonly RunnableCommand[], typed: string): RunnableCommand | undefined => {
  if (!/^\/.*\s$/u.test(typed)) return undefined;
  const wanted = typed.slice(1).trim().toLowerCase();
  return all.find(({ path }) => path === wanted) ?? all.find(({ sent }) => sent === wanted);
};

/** An option that is being filled in. */
export interface Field {
  readonly option: Option;
  readonly typed: string;
  /** What was chosen from a list, whose name is what is typed now. */
  readonly chosen?: Value;
}

/** A field for an option, with nothing in it. */
export const emptyField = (option: Option): Field => ({ option, typed: "" });

/** Choices that need nobody's help; undefined where the bot completes, or nothing is offered. */
export const ownChoices = (option: Option): readonly OptionChoice[] | undefined => {
  if (option.type === OptionType.Boolean)
    return [
      { name: "true", value: "true" },
      { name: "false", value: "false" },
    ];
  return option.choices;
};

/** The names by which a choice is known: as the user sees it, as it is registered, and what the bot is sent. */
export const namesOf = ({ name, sent = name, value }: OptionChoice): readonly string[] =>
  [name, sent, String(value)].map((each) => each.toLowerCase());

/** Choices whose name contains what was typed, at most as many as Discord shows. */
export const fitting = (choices: readonly OptionChoice[], typed: string): readonly OptionChoice[] => {
  const wanted = typed.trim().toLowerCase();
  const exact = choices.filter((choice) => namesOf(choice).includes(wanted));
  const rest = choices.filter(
    (choice) => !exact.includes(choice) && namesOf(choice).some((name) => name.includes(wanted)),
  );
  return [...exact, ...rest].slice(0, 25);
};

const wrong = (why: string) => ({ why }) as const;

const numberIn = ({ name, min_value: min, max_value: max, type }: Option, typed: string, say: Say) => {
  const value = Number(typed);
  if (typed.trim() === "" || !Number.isFinite(value)) return wrong(say("numberWanted", { name }));
  if (type === OptionType.Integer && !Number.isInteger(value)) return wrong(say("wholeNumberWanted", { name }));
  if (min !== undefined && value < min) return wrong(say("numberMin", { name, min }));
  if (max !== undefined && value > max) return wrong(say("numberMax", { name, max }));
  return { value };
};

/** What a field stands for, checked as Discord's client checks it. */
export const readField = (
  { option, typed, chosen }: Field,
  say: Say = sayIn("en"),
): { readonly value: Value } | { readonly why: string } => {
  const { name, type } = option;
  if (type === OptionType.Boolean) {
    const said = typed.trim().toLowerCase();
    return said === "true" || said === "false" ? { value: said === "true" } : wrong(say("booleanWanted", { name }));
  }
  if (chosen !== undefined) return { value: chosen };
  if (type === OptionType.Attachment) return wrong(say("fileNeeded", { name }));
  if (option.choices !== undefined) {
    const wanted = typed.trim().toLowerCase();
    const choice = option.choices.find((one) => namesOf(one).includes(wanted));
    return choice ? { value: choice.value } : wrong(say("pickOne", { name }));
  }
  if (type === OptionType.Integer || type === OptionType.Number) return numberIn(option, typed, say);
  if (typed.trim() === "") return wrong(say("optionNeeded", { name }));
  const { min_length: min = 0, max_length: max = 6_000 } = option;
  if (typed.length < min) return wrong(say("optionTooShort", { name, min }));
  if (typed.length > max) return wrong(say("optionTooLong", { name, max }));
  return { value: typed };
};

/** The options of the whole line, or the first field that stands in the way. */
export const readFields = (
  fields: readonly Field[],
  say: Say = sayIn("en"),
): { readonly options: Readonly<Record<string, Value>> } | { readonly why: string; readonly field: string } => {
  const options: Record<string, Value> = {};
  for (const field of fields) {
    if (field.typed.trim() === "" && field.chosen === undefined && !field.option.required) continue;
    const read = readField(field, say);
    if ("why" in read) return { why: read.why, field: field.option.name };
    options[sentName(field.option)] = read.value;
  }
  return { options };
};
