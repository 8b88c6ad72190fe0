import { expect, test } from "vitest";
import { commands, messageCommands } from "../../src/commands/all.ts";
import { entryPoint } from "../../src/discord/entryPoint.ts";
import { source, translations } from "../../src/i18n/catalogue.ts";
import { localised, localisedMenu } from "../../src/i18n/localise.ts";

type Node = {
  name: string;
  description?: string;
  value?: string;
  options?: Node[];
  choices?: Node[];
  name_localizations?: Record<string, string>;
  description_localizations?: Record<string, string>;
};

const definitions = [...commands.map(({ definition }) => localised(definition.toJSON())), entryPoint()] as Node[];

/** Every command, subcommand, option and choice, by its path. */
const nodes = (list: readonly Node[], above: readonly string[] = []): (readonly [string, Node])[] =>
  list.flatMap((node) => {
    const path = [...above, node.value ?? node.name];
    return [[path.join(" "), node] as const, ...nodes([...(node.options ?? []), ...(node.choices ?? [])], path)];
  });

/** Discord's rule for the names of commands and options. */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const menus = messageCommands.map(({ definition }) => localisedMenu(definition.toJSON()) as unknown as Node);
const paths = [...nodes(definitions).map(([path]) => path), ...menus.map(({ name }) => `menu ${name}`)];
const complete = [...translations];

test.each([["en", source] as const, ...complete])(
  "every name and description has its word in %s",
  (_language, words) => {
    expect(Object.keys(words.commands).sort()).toEqual([...new Set(paths)].sort());
    const isNamed = (path: string) => words.commands[path]?.description === undefined;
    expect(paths.filter(isNamed)).toEqual(paths.filter((path) => source.commands[path]?.description === undefined));
  },
);

test.each(complete)("Discord is told every name and description in %s", (_language, { language, commands: words }) => {
  for (const locale of language.discord)
    for (const [path, node] of nodes(definitions)) {
      expect([path, node.name_localizations?.[locale]]).toEqual([path, words[path]?.name]);
      expect([path, node.description_localizations?.[locale]]).toEqual([path, words[path]?.description]);
    }
});

test("American English changes only what is spelt otherwise", () => {
  const favourites = definitions.find(({ name }) => name === "favourites");
  expect(favourites?.name_localizations?.["en-US"]).toBe("favorites");
  const play = definitions.find(({ name }) => name === "play");
  expect([play?.name_localizations, play?.description_localizations].map((told) => told?.["en-US"])).toEqual([
    undefined,
    undefined,
  ]);
  const told = JSON.stringify([definitions, menus].flat().map((node) => nodes([node])));
  expect(told.match(/"en-US":"[^"]*"/g)?.join("")).not.toMatch(/avourite|programme|licence/i);
  expect(menus.map((menu) => menu.name_localizations?.["en-US"])).toContain("Add to favorites");
});

test.each(nodes(definitions))("%s keeps to Discord's rules in every language", (_path, node) => {
  const isChoice = node.value !== undefined;
  for (const name of [node.name, ...Object.values(node.name_localizations ?? {})]) {
    if (isChoice) expect(name.length).toBeLessThanOrEqual(100);
    else expect(name).toMatch(NAME);
    if (!isChoice) expect(name).toBe(name.toLowerCase());
  }
  for (const text of [node.description, ...Object.values(node.description_localizations ?? {})]) {
    if (isChoice) continue;
    expect(text?.length).toBeGreaterThan(0);
    expect(text?.length).toBeLessThanOrEqual(100);
    expect(text).not.toContain("!");
  }
});

test.each(complete)("no two neighbours have the same name in %s", (_language, { language }) => {
  const [locale = ""] = language.discord;
  const namesOf = (list: readonly Node[]) => list.map((node) => node.name_localizations?.[locale] ?? node.name);
  const check = (list: readonly Node[]) => {
    expect(new Set(namesOf(list)).size).toBe(list.length);
    for (const { options } of list) if (options) check(options);
  };
  check(definitions);
});

test("a command with all its languages stays under Discord's 8,000 characters", () => {
  const lengthOf = (node: Node): number => {
    const longest = (own: string | undefined, others: Record<string, string> = {}) =>
      Math.max(0, ...[own ?? "", ...Object.values(others)].map((text) => text.length));
    const inner = [...(node.options ?? []), ...(node.choices ?? [])].reduce((sum, one) => sum + lengthOf(one), 0);
    return (
      longest(node.name, node.name_localizations) +
      longest(node.description, node.description_localizations) +
      (node.value?.length ?? 0) +
      inner
    );
  };
  for (const definition of definitions) expect(lengthOf(definition)).toBeLessThan(8_000);
});

test("what is completed is what the definitions say can be", () => {
  for (const command of commands) {
    const parts = "subcommands" in command ? Object.entries(command.subcommands) : [["", command] as const];
    for (const [subcommand, part] of parts) {
      const definition = command.definition.toJSON() as unknown as Node;
      const level = subcommand === "" ? definition : definition.options?.find(({ name }) => name === subcommand);
      const offered = (level?.options ?? []).filter((option) => "autocomplete" in option && option.autocomplete);
      expect(Object.keys(part.autocomplete ?? {}).sort()).toEqual(offered.map(({ name }) => name).sort());
    }
    if (!("subcommands" in command)) continue;
    const named = (command.definition.toJSON().options ?? []).map(({ name }) => name);
    expect(Object.keys(command.subcommands).sort()).toEqual([...named].sort());
  }
});
