import { IntlMessageFormat } from "intl-messageformat";
import { escapeMarkdown } from "../kernel/markdown.ts";
import { type MemberText, rawText } from "../kernel/memberText.ts";
import type { Message, MessageKey, MessageValue, ValuesOf } from "./message.ts";

declare const brand: unique symbol;
/** The name of a catalogue, as in `locales/de.json`, or "en-US", which is derived from British English. */
export type Language = string & { readonly [brand]: "Language" };

/** Puts messages into the words of one language: `say("queue.next", { title: titled("Brook") })`. */
export interface Say {
  <Key extends MessageKey>(key: Key, ...values: ValuesOf<Key>): string;
  /** A message that was made earlier; a string stays as it is. */
  of(message: Message | string): string;
  /** A name as the language has it, its markdown not escaped; as it is where it is none of ours. */
  word(english: string): string;
  word(english: MemberText): MemberText;
  readonly language: Language;
}

/** What a language knows. */
export interface Lexicon {
  /** The message under a key, as ICU MessageFormat; undefined for a key of an earlier version. */
  pattern(key: string): string | undefined;
  /** A name as the language has it, or the same where it is none of ours. */
  name(english: string): string;
  /** Adapts the words of a pattern, never what fills it: commands' names, spelling, spaces that do not break. */
  adapt(words: string): string;
}

/** Shown for a message that cannot be: one that an earlier version stored, and this one no longer has. */
const LOST = "…";

type Elements = ReturnType<IntlMessageFormat["getAst"]>;
/** ICU MessageFormat's element for text, in the parser of FormatJS. */
const LITERAL = 0;

const adapted = (elements: Elements, adapt: Lexicon["adapt"]): Elements =>
  elements.map((element) => {
    if (element.type === LITERAL) return { ...element, value: adapt(element.value) };
    if (!("options" in element)) return element;
    const options = Object.entries(element.options).map(([which, option]) => [
      which,
      { ...option, value: adapted(option.value, adapt) },
    ]);
    return { ...element, options: Object.fromEntries(options) } as typeof element;
  });

/** Members' texts have `<…>` of Discord's in them, which are no tags. */
const OPTIONS = { ignoreTag: true };

/**
 * @param locale BCP 47, for plurals and lists
 */
export const createSay = (language: Language, locale: string, { pattern, name, adapt }: Lexicon): Say => {
  let lists: Intl.ListFormat | undefined;
  /** Engines have no list to say. */
  const listed = (items: readonly string[]): string => {
    lists ??= new Intl.ListFormat(locale, { type: "conjunction" });
    return lists.format(items);
  };
  const formats = new Map<string, IntlMessageFormat | undefined>();

  const formatOf = (key: string): IntlMessageFormat | undefined => {
    if (formats.has(key)) return formats.get(key);
    const text = pattern(key);
    const parsed = text === undefined ? undefined : new IntlMessageFormat(text, locale, undefined, OPTIONS).getAst();
    const format = parsed && new IntlMessageFormat(adapted(parsed, adapt), locale, undefined, OPTIONS);
    formats.set(key, format);
    return format;
  };

  /** Numbers stay numbers, since plurals depend on them. */
  const filling = (value: MessageValue): string | number => (typeof value === "object" ? of(value) : value);
  const filled = (value: MessageValue | undefined): string => String(filling(value ?? ""));

  const formatted = (key: string, values: Readonly<Record<string, MessageValue>>): string => {
    const texts = Object.fromEntries(Object.entries(values).map(([argument, value]) => [argument, filling(value)]));
    try {
      return String(formatOf(key)?.format(texts) ?? LOST);
    } catch {
      // Its arguments had other names in an earlier version.
      return LOST;
    }
  };

  const of = (message: Message | string): string => {
    if (typeof message === "string") return message;
    if ("key" in message) return formatted(message.key, message.values ?? {});
    if ("plain" in message) return message.plain;
    if ("name" in message) return escapeMarkdown(name(rawText(message.name)));
    if ("titled" in message) return `**${escapeMarkdown(name(rawText(message.titled)))}**`;
    if ("plainly" in message) return name(rawText(message.plainly));
    if ("list" in message) return listed(message.list.map(filled));
    if ("together" in message) return message.together.map(filled).join(message.between);
    return adapt(message.template).replace(/\{(\d+)\}/g, (_, index: string) => filled(message.values[Number(index)]));
  };

  const say = <Key extends MessageKey>(key: Key, ...[values]: ValuesOf<Key>): string => formatted(key, values ?? {});
  const word = (english: MemberText) => name(rawText(english));
  return Object.assign(say, { of, word: word as Say["word"], language });
};
