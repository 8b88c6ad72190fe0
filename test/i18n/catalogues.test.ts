import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, test } from "vitest";
import { commands, messageCommands } from "../../src/commands/all.ts";
import { entryPoint } from "../../src/discord/entryPoint.ts";
import { type Catalogue, source, translations } from "../../src/i18n/catalogue.ts";
import { names } from "./names.ts";
import { untranslatable, usedKeys, withoutKey } from "./sources.ts";

const CATALOGUES: readonly (readonly [string, Catalogue])[] = [["en", source], ...translations];

type Elements = ReturnType<IntlMessageFormat["getAst"]>;
type Options = Readonly<Record<string, { readonly value: Elements }>>;
const [LITERAL, POUND] = [0, 7];

const elementsOf = (pattern: string, locale: string): Elements =>
  new IntlMessageFormat(pattern, locale, undefined, { ignoreTag: true }).getAst();

/** Plurals and choices, with what they have for each case. */
const branches = (elements: Elements): readonly { readonly options: Options; readonly isPlural: boolean }[] =>
  elements.flatMap((element) =>
    "options" in element
      ? [
          { options: element.options, isPlural: "pluralType" in element },
          ...Object.values(element.options).flatMap(({ value }) => branches(value)),
        ]
      : [],
  );

/** What a message is filled with, each as often as it comes. */
const argumentsOf = (elements: Elements): readonly string[] =>
  elements.flatMap((element) => [
    ...("value" in element && element.type !== LITERAL && element.type !== POUND ? [element.value as string] : []),
    ...("options" in element ? Object.values(element.options).flatMap(({ value }) => argumentsOf(value)) : []),
  ]);

const sorted = (list: Iterable<string>): readonly string[] => [...list].sort();

describe.each(CATALOGUES)("in %s", (language, { language: { discord }, messages, commands: words, names: own }) => {
  const [locale = language] = discord;

  test("every message is there, and none is left over; they are in alphabetical order", () => {
    expect(Object.keys(messages)).toEqual(sorted(Object.keys(source.messages)));
  });

  test("every name has its word, and no word is left over", () => {
    expect(sorted(Object.keys(own))).toEqual(sorted(names()));
  });

  test("no message loses or invents what it is filled with", () => {
    const wrong = Object.entries(messages).filter(([key, pattern]) => {
      const [there, here] = [elementsOf(source.messages[key] ?? "", "en-GB"), elementsOf(pattern, locale)];
      const simple = branches(there).length + branches(here).length === 0;
      const listOf = (elements: Elements) => sorted(simple ? argumentsOf(elements) : new Set(argumentsOf(elements)));
      return `${listOf(there)}` !== `${listOf(here)}`;
    });
    expect(wrong).toEqual([]);
  });

  test("plurals have only the cases that the language has", () => {
    const cases = new Set<string>(new Intl.PluralRules(locale).resolvedOptions().pluralCategories);
    const wrong = Object.entries(messages).filter(([, pattern]) =>
      branches(elementsOf(pattern, locale)).some(
        ({ options, isPlural }) =>
          isPlural && Object.keys(options).some((which) => !which.startsWith("=") && !cases.has(which)),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test("apostrophes are typographic: a straight one quotes in ICU MessageFormat", () => {
    expect(Object.values(messages).filter((pattern) => pattern.includes("'"))).toEqual([]);
  });

  test("nothing is blank or has an exclamation mark", () => {
    const texts = [
      ...Object.values(messages),
      ...Object.values(words).flatMap(({ name, description = name }) => [name, description]),
    ];
    expect(texts.filter((text) => text.trim() === "" || /[!！]/.test(text))).toEqual([]);
  });
});

test("every message is said somewhere", () => {
  const used = usedKeys();
  expect(Object.keys(source.messages).filter((key) => !used.has(key))).toEqual([]);
});

test("names are those of the library, but for a few that are stored and better said in other words", () => {
  expect(Object.entries(source.names).filter(([name, word]) => name !== word)).toEqual([
    ["sharp onset", "sudden sounds"],
    ["repetitive click", "repetitive clicking"],
  ]);
});

interface Node {
  readonly name: string;
  readonly description?: string;
  readonly options?: readonly Node[];
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[];
}

const wordsOf = (node: Node, path: string): readonly (readonly [string, { name: string; description?: string }])[] => [
  [path, { name: node.name, ...(node.description !== undefined && { description: node.description }) }],
  ...(node.options ?? []).flatMap((option) => wordsOf(option, `${path} ${option.name}`)),
  ...(node.choices ?? []).map(({ name, value }) => [`${path} ${value}`, { name }] as const),
];

test("the commands are those of the definitions, in English word for word", () => {
  const defined = Object.fromEntries([
    ...commands.flatMap(({ definition }) => wordsOf(definition.toJSON() as Node, definition.name)),
    ...messageCommands.map(({ definition: { name } }) => [`menu ${name}`, { name }] as const),
    ...wordsOf(entryPoint() as Node, "launch"),
  ]);
  expect(source.commands).toEqual(defined);
});

/** What the operator reads in a terminal is English. */
const FOR_THE_OPERATOR =
  /^(main|bot|chore|config|environmentFile|machineChecks)\.ts$|^(chores|rehearsal)\/|^discord\/(login|identifyLimit|shards)\.ts$|^http\/httpServer\.ts$|^catalogue\/(manifest|pack|script)\.ts$|^import\/packs\/|^storage\/(carryOver|database|databaseLock|folderLock|snapshot)\.ts$|^render\/openCatalogue\.ts$/;

test("whatever is refused to a member can be said in every language", () => {
  expect(untranslatable().filter((file) => !FOR_THE_OPERATOR.test(file))).toEqual([]);
});

/** It is kept with a programme that members have made, and shown in other words. */
const KEPT = /^commands\/programmes\/eveningDesign\.ts:\d+ `From /;

test("whatever a member reads is a message that can be said in every language", () => {
  expect(withoutKey().filter((place) => !KEPT.test(place))).toEqual([]);
});
