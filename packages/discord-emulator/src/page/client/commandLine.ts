import type { Choice, CommandOption, RegisteredCommand, Translations, Value } from "../protocol.ts";

/** A command that can be run: its subcommands are commands of their own, as Discord lists them. */
export interface RunnableCommand {
  /** "play", "sleep in", in the user's language. */
  readonly path: string;
  /** As it is registered. */
  readonly sent: string;
  readonly description: string;
  readonly options: readonly Option[];
}

/** An option under its name in the user's language. */
export interface Option extends CommandOption {
  /** As it is registered; absent: as it is shown. */
  readonly sent?: string;
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
const nameIn = (locale: string, { name, name_localizations: names }: Omit<Spoken, "description">) =>
  names?.[locale] ?? name;
const descriptionIn = (locale: string, { description, description_localizations: texts }: Spoken) =>
  texts?.[locale] ?? description;

const optionIn = (locale: string, option: CommandOption): Option => ({
  ...option,
  sent: option.name,
  name: nameIn(locale, option),
  description: descriptionIn(locale, option),
  ...(option.choices && {
    choices: option.choices.map((choice) => ({ ...choice, name: nameIn(locale, choice) })),
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
 * Everything that can be run, in alphabetical order.
 * @param locale the user's locale; names and descriptions that are not translated stay as they are registered
 */
export const runnableCommands = (
  commands: readonly RegisteredCommand[],
  locale = "en-US",
): readonly RunnableCommand[] =>
  commands
    .filter(({ type = CHAT_INPUT }) => type === CHAT_INPUT)
    .flatMap((command) => partsOf(locale, { path: "", sent: "" }, command))
    .sort((a, b) => a.path.localeCompare(b.path));

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
export const ownChoices = (option: CommandOption): readonly Choice[] | undefined => {
  if (option.type === OptionType.Boolean)
    return [
      { name: "true", value: "true" },
      { name: "false", value: "false" },
    ];
  return option.choices;
};

/** Choices whose name contains what was typed, at most as many as Discord shows. */
export const fitting = (choices: readonly Choice[], typed: string): readonly Choice[] =>
  choices.filter(({ name }) => name.toLowerCase().includes(typed.trim().toLowerCase())).slice(0, 25);

const wrong = (why: string) => ({ why }) as const;

const numberIn = ({ name, min_value: min, max_value: max, type }: CommandOption, typed: string) => {
  const value = Number(typed);
  if (typed.trim() === "" || !Number.isFinite(value)) return wrong(`${name} is a number.`);
  if (type === OptionType.Integer && !Number.isInteger(value)) return wrong(`${name} is a whole number.`);
  if (min !== undefined && value < min) return wrong(`${name} is ${min} or more.`);
  if (max !== undefined && value > max) return wrong(`${name} is ${max} or less.`);
  return { value };
};

/** What a field stands for, checked as Discord's client checks it. */
export const readField = ({ option, typed, chosen }: Field): { readonly value: Value } | { readonly why: string } => {
  const { name, type } = option;
  if (type === OptionType.Boolean) {
    const said = typed.trim().toLowerCase();
    return said === "true" || said === "false" ? { value: said === "true" } : wrong(`${name} is true or false.`);
  }
  if (chosen !== undefined) return { value: chosen };
  if (type === OptionType.Attachment) return wrong(`${name} needs a file.`);
  if (option.choices !== undefined) {
    const choice = option.choices.find((one) => one.name.toLowerCase() === typed.trim().toLowerCase());
    return choice ? { value: choice.value } : wrong(`Choose one of the list for ${name}.`);
  }
  if (type === OptionType.Integer || type === OptionType.Number) return numberIn(option, typed);
  if (typed.trim() === "") return wrong(`${name} is needed.`);
  const { min_length: min = 0, max_length: max = 6_000 } = option;
  if (typed.length < min) return wrong(`${name} has ${min} characters or more.`);
  if (typed.length > max) return wrong(`${name} has ${max} characters at most.`);
  return { value: typed };
};

/** The options of the whole line, or the first field that stands in the way. */
export const readFields = (
  fields: readonly Field[],
): { readonly options: Readonly<Record<string, Value>> } | { readonly why: string; readonly field: string } => {
  const options: Record<string, Value> = {};
  for (const field of fields) {
    if (field.typed.trim() === "" && field.chosen === undefined && !field.option.required) continue;
    const read = readField(field);
    if ("why" in read) return { why: read.why, field: field.option.name };
    options[sentName(field.option)] = read.value;
  }
  return { options };
};
