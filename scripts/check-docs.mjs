// Fails on pages that point at files or headings that do not exist, on prose wider than 100 characters, and on a table of
// imports that differs from the rules.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { modules } from "./import-boundaries.mjs";
import { root } from "./setup.mjs";

const WIDTH = 100;
const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: root, encoding: "utf8" })
  .split("\n")
  .filter((path) => existsSync(join(root, path)));
const pages = files.filter((path) => /^docs\/.*\.md$|^packages\/[^/]+\/README\.md$|^[A-Z]+\.md$/.test(path));

/** A history names files that are gone. */
const isHistory = (page) => page === "CHANGELOG.md" || page.startsWith("docs/adr/");

const linesOf = (text) => {
  let fenced = false;
  return text.split("\n").map((line, index) => {
    if (line.startsWith("```")) fenced = !fenced;
    return { line, number: index + 1, fenced: fenced || line.startsWith("```") };
  });
};

/** Tables, headings, pictures, generated comments and lines without a space cannot wrap. */
const canWrap = (line) => !/^(\||#|!\[|<|\s*\S+$)/.test(line);

/** Relative to the root or to `src`; what benchmarks write is not in the repository. */
const isFile = (path) =>
  existsSync(join(root, path)) || existsSync(join(root, "src", path)) || path.startsWith("bench/results/");

/** The anchors that GitHub gives a page's headings. */
const anchorsOf = (page) =>
  [...readFileSync(join(root, page), "utf8").matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

/** Links to files or headings that do not exist. */
const brokenLinks = (page, line) =>
  [...line.matchAll(/\]\(([^)#:\s]*)(?:#([^)\s]+))?\)/g)].flatMap(([, target, anchor]) => {
    const path = target === "" ? page : join(dirname(page), target);
    if (!existsSync(join(root, path))) return [target];
    return anchor === undefined || anchorsOf(path).includes(anchor) ? [] : [`${path}#${anchor}`];
  });

const brokenPaths = (page, line) => {
  const named = isHistory(page)
    ? []
    : [...line.matchAll(/`((?:src|test|bench|tools|scripts|packages|docs)\/[\w./-]+)`/g)];
  return [...brokenLinks(page, line), ...named.map(([, path]) => path).filter((path) => !isFile(path))];
};

const problems = pages.flatMap((page) =>
  linesOf(readFileSync(join(root, page), "utf8")).flatMap(({ line, number, fenced }) => {
    if (fenced) return [];
    const wide =
      [...line].length > WIDTH && canWrap(line) ? [`${page}:${number} is wider than ${WIDTH} characters.`] : [];
    return [
      ...wide,
      ...brokenPaths(page, line).map((path) => `${page}:${number} points at ${path}, which does not exist.`),
    ];
  }),
);

const ARCHITECTURE = "docs/architecture.md";
const architecture = readFileSync(join(root, ARCHITECTURE), "utf8");
for (const [module, allowed] of Object.entries(modules)) {
  if (module === "kernel") continue;
  const row = `| \`${module}\` | ${allowed.map((name) => `\`${name}\``).join(", ") || "–"} |`;
  if (!architecture.includes(row))
    problems.push(`${ARCHITECTURE} lacks the row of scripts/import-boundaries.mjs: ${row}`);
}

for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
