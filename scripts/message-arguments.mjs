// Writes src/i18n/messageArguments.ts: the keys of the messages and what each takes, read from the English catalogue.
// With --check it writes nothing, and fails where that file is not what it would write.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { IntlMessageFormat } from "intl-messageformat";
import { root } from "./setup.mjs";

const target = join(root, "src", "i18n", "messageArguments.ts");
const source = join(root, "src", "i18n", "locales", "en.json");
const biome = join(root, "node_modules", "@biomejs", "biome", "bin", "biome");

/** Kinds of elements in FormatJS's parser. */
const [ARGUMENT, NUMBER, SELECT, PLURAL] = [1, 2, 5, 6];

/** The arguments among the elements of a message, with their types. */
const argumentsOf = (elements) =>
  elements.flatMap((element) => {
    const inner = Object.values(element.options ?? {}).flatMap(({ value }) => argumentsOf(value));
    switch (element.type) {
      case ARGUMENT:
        return [[element.value, "Value"]];
      case NUMBER:
      case PLURAL:
        return [[element.value, "number"], ...inner];
      case SELECT: {
        const values = Object.keys(element.options).map((value) => JSON.stringify(value));
        return [[element.value, values.join(" | ")], ...inner];
      }
      default:
        return inner;
    }
  });

const typeOf = (key, text) => {
  const found = new Map();
  for (const [name, type] of argumentsOf(
    new IntlMessageFormat(text, "en-GB", undefined, { ignoreTag: true }).getAst(),
  )) {
    // A number that a plural depends on may be shown, too.
    if (!found.has(name) || found.get(name) === "Value") found.set(name, type);
    else if (type !== "Value" && type !== found.get(name)) throw new Error(`${key}: {${name}} has two types`);
  }
  if (found.size === 0) return "undefined";
  return `{ ${[...found].map(([name, type]) => `readonly ${name}: ${type}`).join("; ")} }`;
};

const { messages } = JSON.parse(readFileSync(source, "utf8"));
const written = [
  "// Written by `npm run i18n` from locales/en.json; `npm run check` fails where it is out of date.",
  "",
  "/** What each message takes, by its key; `Value` is what may fill a simple argument. */",
  "export interface MessageArguments<Value> {",
  ...Object.entries(messages).map(([key, text]) => `readonly ${JSON.stringify(key)}: ${typeOf(key, text)};`),
  "}",
  "",
  "/** The key of a message. */",
  "export type MessageKey = keyof MessageArguments<unknown>;",
  "",
].join("\n");
const formatted = execFileSync(process.execPath, [biome, "format", `--stdin-file-path=${relative(root, target)}`], {
  cwd: root,
  input: written,
  encoding: "utf8",
});

if (!process.argv.includes("--check")) writeFileSync(target, formatted);
else if (readFileSync(target, "utf8") !== formatted) {
  process.stderr.write("src/i18n/messageArguments.ts is out of date. Run: npm run i18n\n");
  process.exit(1);
}
