// Fails on exported declarations without a docstring.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { root } from "./setup.mjs";

const FOLDERS = ["src", "demo", "packages", "tools"];
const SKIPPED = new Set(["node_modules", "dist", "test"]);

const sources = (folder) =>
  !existsSync(folder)
    ? []
    : readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        if (SKIPPED.has(entry.name)) return [];
        const path = join(folder, entry.name);
        if (entry.isDirectory()) return sources(path);
        return path.endsWith(".ts") && !path.endsWith(".d.ts") ? [path] : [];
      });

const nameOf = (statement) =>
  statement.name?.text ?? statement.declarationList?.declarations.map(({ name }) => name.getText()).join(", ") ?? "?";

/** The exported declarations of a file that have no docstring, as `path:line name`. */
const undocumented = (path) => {
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  return source.statements
    .filter((statement) => {
      const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
      const isExported = modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
      return isExported && ts.getJSDocCommentsAndTags(statement).length === 0;
    })
    .map((statement) => {
      const { line } = source.getLineAndCharacterOfPosition(statement.getStart());
      return `${relative(root, path)}:${line + 1} ${nameOf(statement)}`;
    });
};

const found = FOLDERS.map((folder) => join(root, folder)).flatMap((folder) => sources(folder).flatMap(undocumented));
for (const place of found) process.stderr.write(`${place} has no docstring.\n`);
if (found.length > 0)
  process.stderr.write(`${found.length} exports lack a docstring: say what each is, then units, shapes and errors.\n`);
process.exitCode = found.length > 0 ? 1 : 0;
