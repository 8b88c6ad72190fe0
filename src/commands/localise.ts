import type {
  Locale,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from "discord.js";
import type { Command, MessageCommand } from "./command.ts";
import { de } from "./words/de.ts";
import { enUS } from "./words/enUS.ts";
import { es } from "./words/es.ts";
import { fr } from "./words/fr.ts";
import { ja } from "./words/ja.ts";
import type { Words } from "./words.ts";

/** By Discord's locale; any other one sees the definitions' own English. */
export const LANGUAGES: Readonly<Partial<Record<`${Locale}`, Words>>> = {
  de,
  "en-US": enUS,
  "es-419": es,
  "es-ES": es,
  fr,
  ja,
};

type Localisations = Partial<Record<`${Locale}`, string>>;
type Node = {
  name: string;
  name_localizations?: Localisations | null;
  description_localizations?: Localisations | null;
  description?: string;
  options?: Node[];
  choices?: { name: string; value: string | number; name_localizations?: Localisations | null }[];
};

const across = (path: string, at: 0 | 1): Localisations =>
  Object.fromEntries(
    Object.entries(LANGUAGES).flatMap(([locale, words]) => {
      const entry = words[path];
      const word = typeof entry === "string" ? (at === 0 ? entry : undefined) : entry?.[at];
      return word === undefined ? [] : [[locale, word]];
    }),
  );

const localised = (node: Node, above: string): Node => {
  const path = above === "" ? node.name : `${above} ${node.name}`;
  return {
    ...node,
    name_localizations: across(path, 0),
    description_localizations: across(path, 1),
    ...(node.options && { options: node.options.map((option) => localised(option, path)) }),
    ...(node.choices && {
      choices: node.choices.map((one) => ({ ...one, name_localizations: across(`${path} ${one.value}`, 0) })),
    }),
  };
};

/** A definition as Discord is told it, with the names and descriptions of every language. */
export const localise = ({ definition }: Command): RESTPostAPIChatInputApplicationCommandsJSONBody =>
  localised(definition.toJSON() as Node, "") as RESTPostAPIChatInputApplicationCommandsJSONBody;

/** The same for a command in the menu of a message, which has a name alone. */
export const localiseMenu = ({ definition }: MessageCommand): RESTPostAPIContextMenuApplicationCommandsJSONBody => ({
  ...definition.toJSON(),
  name_localizations: across(`menu ${definition.name}`, 0),
});
