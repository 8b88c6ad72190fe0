import { escapeMarkdown } from "./markdown.ts";

/** A name of ours, such as a sound's title, which may have a word of its own in each language; any other stays as it is. */
export interface Name {
  readonly name: string;
}

/** A name of ours where no markdown is read, or where it may have some. */
interface Plainly {
  readonly plainly: string;
}

/** Several things, which each language joins in its own way. */
interface List {
  readonly list: readonly TextValue[];
}

/** What a sentence is filled with: a string stays as it is. */
export type TextValue = string | number | Text | Name | Plainly | List;

/** A sentence that is not said yet: in English until somebody says it in a language. Survives JSON. */
export interface Text {
  /** Its English, with `{0}`, `{1}` … for what it is filled with; catalogues find it by this. */
  readonly template: string;
  readonly values: readonly TextValue[];
}

/** The languages that Lull writes; `en` is British, as the sources are. */
export const LANGUAGES = ["en", "en-US", "de", "es", "fr", "ja"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Says sentences in one language. As a tag it says one at once: say`Back to ${title}.` */
export interface Say {
  (strings: TemplateStringsArray, ...values: readonly TextValue[]): string;
  /** What was said before is said as it is. */
  of(text: Text | string): string;
  /** A name of ours, not yet fit for markdown. */
  word(english: string): string;
  readonly language: Language;
}

/** Where a language's words are; both give back what they do not know. */
export interface Lexicon {
  /** By the template in English. */
  sentence(template: string): string;
  /** By the name in English. */
  name(english: string): string;
}

const templateOf = (strings: TemplateStringsArray): string =>
  strings.reduce((template, piece, index) => `${template}{${index - 1}}${piece}`);

/** A sentence for later: text`${title} is being prepared.` */
export const text = (strings: TemplateStringsArray, ...values: readonly TextValue[]): Text => ({
  template: templateOf(strings),
  values,
});

/** What somebody wrote, as it is. */
export const plain = (written: string): Text => ({ template: "{0}", values: [written] });

/** What was said before, as something to say. */
export const asText = (said: Text | string): Text => (typeof said === "string" ? plain(said) : said);

/** Several sentences, each on its own line, or set apart by something else. */
export const together = (texts: readonly TextValue[], between = "\n"): Text => ({
  template: texts.map((_, index) => `{${index}}`).join(between),
  values: texts,
});

/** A name that may be one of ours, as it is shown. */
export const named = (name: string): Name => ({ name });

/** A whole sentence, or a title where no markdown is read, that has its words among the names. */
export const plainly = (name: string): Text => ({ template: "{0}", values: [{ plainly: name }] });

/** "a, b and c". */
export const listed = (list: readonly TextValue[]): List => ({ list });

/** A name in bold. */
export const titled = (name: string): Text => ({ template: "**{0}**", values: [{ name }] });

export const createSay = (language: Language, lexicon: Lexicon): Say => {
  const lists = new Intl.ListFormat(language === "en" ? "en-GB" : language, { type: "conjunction" });

  const filled = (value: TextValue | undefined): string => {
    if (typeof value !== "object") return String(value ?? "");
    if ("name" in value) return escapeMarkdown(lexicon.name(value.name));
    if ("plainly" in value) return lexicon.name(value.plainly);
    return "list" in value ? lists.format(value.list.map(filled)) : of(value);
  };

  const of = (said: Text | string): string =>
    typeof said === "string"
      ? said
      : lexicon.sentence(said.template).replace(/\{(\d+)\}/g, (_, index: string) => filled(said.values[Number(index)]));

  const tag = (strings: TemplateStringsArray, ...values: readonly TextValue[]) => of(text(strings, ...values));
  return Object.assign(tag, {
    of,
    word: lexicon.name,
    language,
  });
};

/** The sources' own English. */
export const english: Say = createSay("en", { sentence: (template) => template, name: (own) => own });
