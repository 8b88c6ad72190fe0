import type { Choice, CommandOption, RegisteredCommand, Value } from "../protocol.ts";

/** A command that can be run: its subcommands are commands of their own, as Discord lists them. */
export interface Runnable {
  /** "play", "sleep in" */
  readonly path: string;
  readonly description: string;
  readonly options: readonly CommandOption[];
}

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

const partsOf = (path: string, description: string, options: readonly CommandOption[]): readonly Runnable[] => {
  const parts = options.filter(isPart);
  if (parts.length === 0) return [{ path, description, options }];
  return parts.flatMap((part) => partsOf(`${path} ${part.name}`, part.description, part.options ?? []));
};

/** Everything that can be run, in alphabetical order. */
export const runnables = (commands: readonly RegisteredCommand[]): readonly Runnable[] =>
  commands
    .filter(({ type = CHAT_INPUT }) => type === CHAT_INPUT)
    .flatMap(({ name, description, options = [] }) => partsOf(name, description, options))
    .sort((a, b) => a.path.localeCompare(b.path));

/** What fits a text that begins with a slash: by the beginning of the path first, then by any of its words. */
export const suggest = (all: readonly Runnable[], typed: string): readonly Runnable[] => {
  const wanted = typed.slice(1).trim().toLowerCase();
  const starts = all.filter(({ path }) => path.startsWith(wanted));
  const rest = all.filter(({ path }) => !path.startsWith(wanted) && path.split(" ").some((w) => w.startsWith(wanted)));
  return [...starts, ...rest].slice(0, 40);
};

/** The command that a text names in full, a space after it; "/sleep " alone names none where there are subcommands. */
export const named = (all: readonly Runnable[], typed: string): Runnable | undefined => {
  if (!/^\/.*\s$/u.test(typed)) return undefined;
  const wanted = typed.slice(1).trim().toLowerCase();
  return all.find(({ path }) => path === wanted);
};

/** An option that is being filled in. */
export interface Field {
  readonly option: CommandOption;
  readonly typed: string;
  /** What was chosen from a list, whose name is what is typed now. */
  readonly chosen?: Value;
}

export const emptyField = (option: CommandOption): Field => ({ option, typed: "" });

/** Choices that need nobody's help; undefined where the bot completes, or nothing is offered. */
export const ownChoices = (option: CommandOption): readonly Choice[] | undefined => {
  if (option.type === OptionType.Boolean)
    return [
      { name: "true", value: "true" },
      { name: "false", value: "false" },
    ];
  return option.choices;
};

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
    options[field.option.name] = read.value;
  }
  return { options };
};
