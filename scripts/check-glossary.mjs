// One noun, one meaning: fails on words that the glossary in docs/architecture.md has retired.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./setup.mjs";

const GLOSSARY = "docs/architecture.md";
const HEADING = "### Retired words";
const CHECKED =
  /^(src|packages|test|bench|tools|scripts|docs)\/.*\.(ts|mjs|css|html|md)$|^[A-Z]+\.md$|^\.env\.example$/;
/** These pages name retired words to say what became of them. */
const EXEMPT = /^docs\/architecture\.md$|^docs\/adr\/|^CHANGELOG\.md$/;

/** The rows of the table under the heading: a word or phrase, what to say instead, and paths where it is right. */
const retiredWords = () => {
  const [, section = ""] = readFileSync(join(root, GLOSSARY), "utf8").split(HEADING);
  const rows = section.split(/^#/m)[0].matchAll(/^\| `([^`|]+)` \| ([^|]+) \|([^|]*)\|$/gm);
  return [...rows].map(([, phrase, instead, except]) => ({
    phrase,
    instead: instead.trim(),
    allowed: [...except.matchAll(/`([^`]+)`/g)].map(([, path]) => path),
  }));
};

/** `openWorkshop` becomes ` open workshop `; plurals become singulars where `singular` says so. */
const spaced = (text, singular) => {
  const words = [...text.matchAll(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g)].map(([word]) => word.toLowerCase());
  return ` ${words.map((word) => (singular ? word.replace(/s$/, "") : word)).join(" ")} `;
};

const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: root, encoding: "utf8" })
  .split("\n")
  .filter((path) => CHECKED.test(path) && !EXEMPT.test(path) && existsSync(join(root, path)));

const rules = retiredWords();
const found = files.flatMap((path) => {
  const applying = rules.filter(({ allowed }) => !allowed.some((prefix) => path.startsWith(prefix)));
  return [path, ...readFileSync(join(root, path), "utf8").split("\n")].flatMap((text, line) => {
    const forms = [spaced(text, false), spaced(text, true)];
    return applying
      .filter(({ phrase }) => forms.some((form) => form.includes(` ${phrase} `)))
      .map(({ phrase, instead }) => `${path}:${line} “${phrase}”: say “${instead}”.`);
  });
});

for (const place of found) process.stderr.write(`${place}\n`);
if (found.length > 0)
  process.stderr.write(`${found.length} uses of retired words; ${GLOSSARY} lists the right ones.\n`);
if (rules.length === 0) process.stderr.write(`${GLOSSARY} has no table under “${HEADING}”.\n`);
process.exitCode = found.length > 0 || rules.length === 0 ? 1 : 0;
