import { namesOf, type Option, OptionType, ownChoices, type RunnableCommand, sentName } from "./commandLine.ts";

/** Values by the names of options as they are registered. */
export type TypedValues = Readonly<Record<string, string>>;

/** Names of people and channels, which may contain spaces. */
export interface GuildNames {
  readonly members: readonly string[];
  readonly channels: readonly string[];
}

const NOBODY: GuildNames = { members: [], channels: [] };
const NUMBERS: readonly number[] = [OptionType.Integer, OptionType.Number];

/** The command with which a text begins ("/sleep in 30m": the one of the longest path), and what follows it. */
const beginningOf = (all: readonly RunnableCommand[], text: string) => {
  const said = text.slice(1).trimStart().replaceAll(/\s+/gu, " ");
  const matches = all.flatMap((command) =>
    [command.path, command.sent]
      .filter((path) => new RegExp(`^${path}(?:\\s|$)`, "iu").test(said))
      .map((path) => ({ command, length: path.length })),
  );
  const [best] = matches.sort((a, b) => b.length - a.length);
  return best && { command: best.command, rest: said.slice(best.length).trim() };
};

const isNamed = (option: Option, name: string) =>
  [option.name, sentName(option)].some((each) => each.toLowerCase() === name.toLowerCase());

/** Cuts a text at each `name:` of the command's options; what comes before the first belongs to none. */
const cutAtNames = (options: readonly Option[], text: string) => {
  const parts: { readonly option: Option | undefined; readonly text: string }[] = [];
  let option: Option | undefined;
  let from = 0;
  for (const match of text.matchAll(/(?<=^|\s)([\p{L}\p{N}_-]{1,32}):\s*/gu)) {
    const next = options.find((each) => isNamed(each, match[1] ?? ""));
    if (next === undefined) continue;
    parts.push({ option, text: text.slice(from, match.index).trim() });
    option = next;
    from = match.index + match[0].length;
  }
  parts.push({ option, text: text.slice(from).trim() });
  return parts;
};

/** The longest of the names with which the text begins, as it stands in the text. */
const longestOf = (names: readonly string[], text: string): string | undefined => {
  const lower = text.toLowerCase();
  return names
    .map((name) => name.toLowerCase())
    .filter((name) => name !== "" && (lower === name || lower.startsWith(`${name} `)))
    .sort((a, b) => b.length - a.length)[0];
};

const wordsOf = (text: string) => text.split(/\s+/u).filter((word) => word !== "");

/** What of the text an option takes; undefined where it is none of its values, and the option may be left out. */
const takenBy = (option: Option, text: string, left: number, names: GuildNames): string | undefined => {
  const quoted = /^"([^"]*)"/u.exec(text);
  if (quoted !== null) return quoted[0];
  const [word = ""] = wordsOf(text);
  const choices = ownChoices(option);
  if (choices !== undefined) {
    const named = longestOf(choices.flatMap(namesOf), text);
    if (named !== undefined) return text.slice(0, named.length);
    return option.required ? text : undefined;
  }
  if (option.type === OptionType.Attachment) return undefined;
  if (option.type === OptionType.User || option.type === OptionType.Channel) {
    const mark = /^[@#]/u.test(text) ? 1 : 0;
    const list = option.type === OptionType.User ? names.members : names.channels;
    const named = longestOf(list, text.slice(mark));
    return named === undefined ? word : text.slice(0, mark + named.length);
  }
  if (NUMBERS.includes(option.type)) return option.required || Number.isFinite(Number(word)) ? word : undefined;
  // A text goes on to the end, except for a word for each option that must follow.
  if (left === 0) return text;
  const words = wordsOf(text);
  return words.slice(0, Math.max(1, words.length - left)).join(" ");
};

const unquoted = (text: string) => text.replace(/^"([^"]*)"$/u, "$1").replace(/^[@#](?=\S)/u, "");

/**
 * Reads a text as values of a command's options, as Discord's client does: `name:value` by name, and what comes first
 * without a name by position.
 * @returns what is typed for each option; nothing is checked, and what fits no option is left out
 */
export const parseOptions = (options: readonly Option[], text: string, names: GuildNames = NOBODY): TypedValues => {
  const values: Record<string, string> = {};
  const [{ text: first = "" } = {}, ...named] = cutAtNames(options, text);
  for (const part of named) if (part.option !== undefined) values[sentName(part.option)] = unquoted(part.text);
  let rest = first.replaceAll(/\s+/gu, " ");
  const open = options.filter((option) => values[sentName(option)] === undefined);
  for (const [i, option] of open.entries()) {
    if (rest === "") break;
    const left = open.slice(i + 1).filter(({ required }) => required).length;
    const taken = takenBy(option, rest, left, names);
    if (taken === undefined) continue;
    values[sentName(option)] = unquoted(taken);
    rest = rest.slice(taken.length).trim();
  }
  return values;
};

/**
 * Reads a whole command, as it is pasted or typed without a pause.
 * @returns undefined where the text names no command
 */
export const parseCommand = (
  all: readonly RunnableCommand[],
  text: string,
  names: GuildNames = NOBODY,
): { readonly command: RunnableCommand; readonly values: TypedValues } | undefined => {
  if (!text.startsWith("/")) return undefined;
  const beginning = beginningOf(all, text);
  if (beginning === undefined) return undefined;
  return { command: beginning.command, values: parseOptions(beginning.command.options, beginning.rest, names) };
};

/** Whether a text that is typed for an option names another one: "rain when:next". */
export const namesOption = (options: readonly Option[], text: string): boolean => cutAtNames(options, text).length > 1;
