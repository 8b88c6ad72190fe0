import en from "./locales/en.json" with { type: "json" };
import { wordFor } from "./names.ts";
import { createSay, type Language, type Say } from "./say.ts";

const { commands }: { readonly commands: Readonly<Record<CommandPath, CommandWords>> } = en;

/** A command, subcommand, option or choice, as in `play when now`. */
export type CommandPath = keyof typeof en.commands;

/** What Discord shows of a command; a choice and a command of a menu have the name alone. */
interface CommandWords {
  readonly name: string;
  readonly description?: string;
}

const patterns: Readonly<Record<string, string | undefined>> = en.messages;

/** British English, which is the source of the other languages; logs and the errors' own messages have it, too. */
export const english: Say = createSay("en" as Language, "en-GB", {
  pattern: (key) => patterns[key],
  name: (own) => wordFor(en.names, own) ?? own,
  adapt: (words) => words,
});

/** What a command, subcommand or option does, in English, for its definition. */
export const descriptionOf = (path: CommandPath): string => commands[path].description ?? "";

/** What a choice is called in English, for its definition. */
export const choiceName = (path: CommandPath): string => commands[path].name;
