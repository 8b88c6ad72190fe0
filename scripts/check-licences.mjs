// Fails where a package that is installed for running, or what it brings along, is not in
// docs/dependencies.md under its licence. `node scripts/check-licences.mjs --write` updates the list.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./setup.mjs";

const PAGE = join(root, "docs", "dependencies.md");
const [BEGIN, END] = ["<!-- licences: node scripts/check-licences.mjs --write -->\n", "<!-- end of licences -->\n"];

/** Where a package's own metadata say nothing, or the lockfile has nothing of it, and where it is said. */
const SAID_ELSEWHERE = {};

/** Names by licence, of everything in the lockfile that is not for development alone. */
const licences = () => {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const byLicence = new Map();
  for (const [path, { dev, devOptional, link, license }] of Object.entries(packages)) {
    if (!path.includes("node_modules/") || dev === true || devOptional === true || link === true) continue;
    const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    const licence = license ?? SAID_ELSEWHERE[name];
    if (licence === undefined) throw new Error(`${name} names no licence: read it, and say so in this script.`);
    byLicence.set(licence, (byLicence.get(licence) ?? new Set()).add(name));
  }
  return byLicence;
};

const list = () =>
  [...licences()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([licence, names]) =>
        `| ${licence} | ${[...names]
          .sort()
          .map((name) => `\`${name}\``)
          .join(", ")} |\n`,
    )
    .join("");

const page = readFileSync(PAGE, "utf8");
const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
if (from < 0 || to < 0) throw new Error("docs/dependencies.md has no list of licences");
const wanted = `\n| Licence | Packages |\n|---|---|\n${list()}\n`;
const updated = page.slice(0, from + BEGIN.length) + wanted + page.slice(to);
if (process.argv.includes("--write")) writeFileSync(PAGE, updated);
else if (updated !== page) {
  console.error("docs/dependencies.md does not list every package under its licence.");
  console.error("See what is new, whether its licence fits, and run: node scripts/check-licences.mjs --write");
  process.exit(1);
}
