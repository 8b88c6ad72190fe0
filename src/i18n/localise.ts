import { american } from "./american.ts";
import { type Catalogue, source, translations } from "./catalogue.ts";

type Commands = Catalogue["commands"];
type Localisations = Readonly<Record<string, string>>;

/** What a definition of Discord's has of a command, a subcommand, an option or a choice. */
interface Definition {
  readonly name: string;
  readonly name_localizations?: Localisations;
  readonly description_localizations?: Localisations;
  readonly options?: readonly Definition[];
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[];
}

/** By Discord's locale; any other one sees the definitions' own British English. */
const COMMANDS: Readonly<Record<string, Commands>> = Object.fromEntries([
  ["en-US", source.commands],
  ...[...translations.values()].flatMap(({ language, commands }) =>
    language.discord.map((locale) => [locale, commands]),
  ),
]);

const across = (path: string, what: "name" | "description"): Localisations =>
  Object.fromEntries(
    Object.entries(COMMANDS).flatMap(([locale, commands]) => {
      const words = commands[path]?.[what];
      const own = locale === "en-US" ? words && american(words) : words;
      // American English is told only where it is spelt in another way.
      return own === undefined || (locale === "en-US" && own === words) ? [] : [[locale, own]];
    }),
  );

const localisedAt = (path: string, definition: Definition): Definition => ({
  ...definition,
  name_localizations: across(path, "name"),
  description_localizations: across(path, "description"),
  ...(definition.options && {
    options: definition.options.map((option) => localisedAt(`${path} ${option.name}`, option)),
  }),
  ...(definition.choices && {
    choices: definition.choices.map((choice) => ({
      ...choice,
      name_localizations: across(`${path} ${choice.value}`, "name"),
    })),
  }),
});

/** A slash command's definition with its names and descriptions in every language. */
export const localised = <Command extends { readonly name: string }>(definition: Command): Command =>
  localisedAt(definition.name, definition) as Command;

/** The same for a command in the menu of a message, which has a name alone. */
export const localisedMenu = <Command extends { readonly name: string }>(definition: Command): Command => ({
  ...definition,
  name_localizations: across(`menu ${definition.name}`, "name"),
});
