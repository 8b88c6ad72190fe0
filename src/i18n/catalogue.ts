import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";

const Catalogue = z.strictObject({
  language: z.strictObject({
    /** Its own name for itself. */
    name: z.string(),
    /** Discord's locales that it is for; the first also decides plurals and lists. */
    discord: z.array(z.string()).min(1),
  }),
  /** ICU MessageFormat, by key. */
  messages: z.record(z.string(), z.string()),
  /** By the English path of command, subcommand, option and choice, as in `play when now`. Choices have the name alone. */
  commands: z.record(z.string(), z.strictObject({ name: z.string(), description: z.string().optional() })),
  /** Names of sounds, triggers, programmes and pictures, and what is said of them, by their English. */
  names: z.record(z.string(), z.string()),
});

/** One language: a file of `locales/`. */
export type Catalogue = z.infer<typeof Catalogue>;

const LOCALES = join(import.meta.dirname, "locales");

/** @throws Error when the file is no catalogue */
const readCatalogue = (language: string): Catalogue => {
  const parsed = Catalogue.safeParse(JSON.parse(readFileSync(join(LOCALES, `${language}.json`), "utf8")));
  if (parsed.success) return parsed.data;
  throw new Error(`src/i18n/locales/${language}.json: ${z.prettifyError(parsed.error)}`);
};

/** British English: the source from which the others are translated. */
export const source: Catalogue = readCatalogue("en");

/** All other files of `locales/`, by the name of the language, which is that of the file. */
export const translations: ReadonlyMap<string, Catalogue> = new Map(
  readdirSync(LOCALES)
    .filter((file) => file.endsWith(".json"))
    .map((file) => basename(file, ".json"))
    .filter((language) => language !== "en")
    .sort()
    .map((language) => [language, readCatalogue(language)]),
);
