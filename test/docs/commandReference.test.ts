import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commands, messageCommands } from "../../src/commands/all.ts";

type Option = {
  readonly name: string;
  readonly type: number;
  readonly required?: boolean;
  readonly options?: readonly Option[];
};

/** Discord's option type of a subcommand. */
const SUBCOMMAND = 1;

const usage = (path: string, options: readonly Option[] = []): string =>
  [path, ...options.map(({ name, required }) => (required ? name : `[${name}]`))].join(" ");

/** How each command and subcommand is written: `/sleep extend [by]`. */
const usages = commands.flatMap(({ definition }) => {
  const { name, options = [] } = definition.toJSON() as { name: string; options?: readonly Option[] };
  const subcommands = options.filter(({ type }) => type === SUBCOMMAND);
  if (subcommands.length === 0) return [usage(`/${name}`, options)];
  return subcommands.map((subcommand) => usage(`/${name} ${subcommand.name}`, subcommand.options));
});

const page = readFileSync(join(import.meta.dirname, "../../docs/commands.md"), "utf8");
const rows = page.split("\n").filter((line) => line.startsWith("| "));
const documented = rows.flatMap((row) =>
  [...(row.split(" | ")[0] ?? "").matchAll(/`(\/[^`]+)`/gu)].map(([, it]) => it),
);

test.each(usages)("docs/commands.md documents %s", (expected) => {
  expect(documented).toContain(expected);
});

test("docs/commands.md documents no command, subcommand or option that does not exist", () => {
  expect(documented.filter((entry) => !usages.some((known) => known === entry))).toEqual([]);
});

test.each(messageCommands.map(({ definition }) => definition.name))(
  "docs/commands.md documents the message command %s",
  (name) => {
    expect(page).toContain(`*Apps → ${name}*`);
  },
);
