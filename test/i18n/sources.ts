import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { source } from "../../src/i18n/catalogue.ts";

const SOURCES = resolve(import.meta.dirname, "../../src");

const sourceFiles = (): readonly string[] =>
  readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts") && !name.includes("client"))
    .map((name) => join(SOURCES, name));

/** The keys of messages that the sources name, each as a literal. */
export const usedKeys = (): ReadonlySet<string> => {
  const used = new Set<string>();
  for (const file of sourceFiles()) {
    if (file.startsWith(join(SOURCES, "i18n"))) continue;
    const visit = (node: ts.Node): void => {
      if (ts.isStringLiteral(node) && Object.hasOwn(source.messages, node.text)) used.add(node.text);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest));
  }
  return used;
};

/** Refusals whose words are a plain string, which nobody can translate: by the file in which they are. */
export const untranslatable = (): readonly string[] =>
  sourceFiles().flatMap((file) => {
    const code = readFileSync(file, "utf8");
    if (!code.includes("new UserError(")) return [];
    const parsed = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      const words =
        ts.isNewExpression(node) && node.expression.getText() === "UserError" ? node.arguments?.[1] : undefined;
      if (words && (ts.isStringLiteralLike(words) || ts.isTemplateExpression(words) || ts.isBinaryExpression(words)))
        found.push(file.slice(SOURCES.length + 1));
      ts.forEachChild(node, visit);
    };
    visit(parsed);
    return found;
  });

/** What a member reads of a reply: never a plain string, since nobody could translate it. */
const READ = new Set(["text", "content", "label", "placeholder", "description", "title", "remark", "note", "trouble"]);

/** Literals among what members read, with their places. */
export const withoutKey = (): readonly string[] =>
  sourceFiles()
    .filter((file) => /src\/(commands|panel|discord|session|listeners|programmes|runtime)\//.test(file))
    .flatMap((file) => {
      const parsed = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
      const found: string[] = [];
      const visit = (node: ts.Node): void => {
        if (ts.isPropertyAssignment(node) && READ.has(node.name.getText()) && isWords(node.initializer)) {
          const { line } = parsed.getLineAndCharacterOfPosition(node.getStart());
          found.push(`${file.slice(SOURCES.length + 1)}:${line + 1} ${node.initializer.getText()}`);
        }
        ts.forEachChild(node, visit);
      };
      visit(parsed);
      return found;
    });

/** Two words or more, or one that begins a sentence; what else is there are names of files and the like. */
const isWords = (value: ts.Expression): boolean => {
  if (!ts.isStringLiteralLike(value) && !ts.isTemplateExpression(value)) return false;
  const pieces = ts.isStringLiteralLike(value)
    ? [value.text]
    : [value.head.text, ...value.templateSpans.map(({ literal }) => literal.text)];
  return pieces.some((piece) => /\p{L}+ \p{L}+|^\p{Lu}\p{Ll}/u.test(piece));
};
