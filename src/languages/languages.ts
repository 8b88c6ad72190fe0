import { de as deWords } from "../commands/words/de.ts";
import { es as esWords } from "../commands/words/es.ts";
import { fr as frWords } from "../commands/words/fr.ts";
import { ja as jaWords } from "../commands/words/ja.ts";
import type { Words } from "../commands/words.ts";
import { createSay, english, LANGUAGES, type Language, type Say } from "../kernel/text.ts";
import { american } from "./american.ts";
import type { Catalogue } from "./catalogue.ts";
import { de } from "./de.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { ja } from "./ja.ts";
import { mentioning } from "./mentions.ts";

/** Between the titles of several sounds, and between that of a sound and its variant. */
const JOINTS = [", ", " · "];

/** A name's own word, or those of its parts, where all of them have one, or that of its kind. */
const wordFor = (names: Catalogue["names"], own: string): string | undefined => {
  if (Object.hasOwn(names, own)) return names[own];
  for (const joint of JOINTS) {
    const parts = own.split(joint);
    const words = parts.length > 1 ? parts.map((part) => wordFor(names, part)) : [undefined];
    if (words.every((word) => word !== undefined)) return words.join(joint);
  }
  // What is whispered is as it was written.
  const [kind = "", ...rest] = own.split(": ");
  return rest.length > 0 && Object.hasOwn(names, kind) ? [names[kind], ...rest].join(": ") : undefined;
};

const asItIs = (sentence: string): string => sentence;

/** What French has before and within its signs is no place to break a line. */
const unbroken = (sentence: string): string => sentence.replace(/ (?=[:;?»])|(?<=«) /g, "\u00a0");

const sayFrom = (language: Language, { sentences, names }: Catalogue, words: Words, typeset = asItIs): Say => {
  const mention = mentioning(words);
  const said = new Map(Object.entries(sentences).map(([template, own]) => [template, typeset(mention(own))]));
  return createSay(language, {
    sentence: (template) => said.get(template) ?? template,
    name: (own) => wordFor(names, own) ?? own,
  });
};

const SAYS: Readonly<Record<Language, Say>> = {
  en: english,
  "en-US": createSay("en-US", { sentence: american, name: american }),
  de: sayFrom("de", de, deWords),
  es: sayFrom("es", es, esWords),
  fr: sayFrom("fr", fr, frWords, unbroken),
  ja: sayFrom("ja", ja, jaWords),
};

export const sayIn = (language: Language): Say => SAYS[language];

/** The language for one of Discord's locales; English where Lull writes none of its own. */
export const languageOf = (locale: string): Language =>
  LANGUAGES.find((language) => language === locale) ??
  LANGUAGES.find((language) => language === locale.split("-")[0]) ??
  "en";
