import { american } from "./american.ts";
import { type Catalogue, source, translations } from "./catalogue.ts";
import { english } from "./english.ts";
import { mentioning } from "./mentions.ts";
import { wordFor } from "./names.ts";
import { createSay, type Language, type Say } from "./say.ts";

interface Speaker {
  readonly say: Say;
  /** Discord's locales that it is for. */
  readonly discord: readonly string[];
}

/** French sets a space before and within some of its signs, where no line may break. */
const unbroken = (words: string): string => words.replace(/ (?=[:;?»])|(?<=«) /g, "\u00a0");
const TYPESETTING: Readonly<Record<string, (words: string) => string>> = { fr: unbroken };

const speakerOf = (language: string, { language: { discord }, messages, commands, names }: Catalogue): Speaker => {
  const [locale = language] = discord;
  const mention = mentioning(commands);
  const typeset = TYPESETTING[language] ?? ((words) => words);
  const say = createSay(language as Language, locale, {
    pattern: (key) => messages[key] ?? source.messages[key],
    name: (own) => wordFor(names, own) ?? own,
    adapt: (words) => typeset(mention(words)),
  });
  return { say, discord };
};

/** British English as Americans spell it. */
const americanSay = createSay("en-US" as Language, "en-US", {
  pattern: (key) => source.messages[key],
  name: (own) => {
    const word = wordFor(source.names, own);
    return word === undefined ? own : american(word);
  },
  adapt: american,
});

const speakers: ReadonlyMap<string, Speaker> = new Map([
  ["en", { say: english, discord: source.language.discord }],
  ["en-US", { say: americanSay, discord: ["en-US"] }],
  ...[...translations].map(([language, catalogue]): [string, Speaker] => [language, speakerOf(language, catalogue)]),
]);

/** What a community can choose among: every language with its own name for itself, English first. */
export const LANGUAGES: readonly { readonly language: Language; readonly name: string }[] = [
  { language: english.language, name: source.language.name },
  ...[...translations].map(([language, catalogue]) => ({
    language: language as Language,
    name: catalogue.language.name,
  })),
];

/** The language that is stored or chosen under this name; undefined where there is none of it. */
export const languageNamed = (name: string | null | undefined): Language | undefined =>
  speakers.get(name ?? "")?.say.language;

/** Formats messages in this language; in English where there is no catalogue for it. */
export const sayIn = (language: Language): Say => speakers.get(language)?.say ?? english;

/** The language for one of Discord's locales; English where Lull has no catalogue for it. */
export const languageOf = (locale: string): Language => {
  const [base = locale] = locale.split("-");
  const found = [...speakers.values()].find(({ discord }) => discord.includes(locale)) ?? speakers.get(base);
  return found?.say.language ?? english.language;
};
