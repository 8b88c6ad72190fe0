import { de } from "./words/de.ts";
import { en, type WordKey } from "./words/en.ts";
import { es } from "./words/es.ts";
import { fr } from "./words/fr.ts";
import { ja } from "./words/ja.ts";

/** A sentence of the page's own, in the user's language; `{name}` in it is replaced by the value of that name. */
export type Say = (key: WordKey, values?: Readonly<Record<string, string | number>>) => string;

const WORDS: Readonly<Record<string, Readonly<Record<WordKey, string>>>> = { de, en, es, fr, ja };

/** The language of the page's words for a locale of Discord's: "es" for "es-419", "en" where there are none. */
export const languageOf = (locale: string): string => {
  const language = locale.slice(0, 2);
  return WORDS[language] === undefined ? "en" : language;
};

/** The page's words for a locale of Discord's. */
export const sayIn = (locale: string): Say => {
  const words = WORDS[languageOf(locale)] ?? en;
  return (key, values = {}) => words[key].replace(/\{(\w+)\}/gu, (whole, name) => String(values[name] ?? whole));
};

/** Whether the page has words of that key, as a server of another version may not know. */
export const isWordKey = (key: string): key is WordKey => Object.hasOwn(en, key);
