// Prints what CHANGELOG.md says of a release: node scripts/release-notes.mjs v1.0.0
// Fails if the tag, package.json and the changelog do not agree, or if package.json names another repository.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * The section of a version in a changelog that keeps to keepachangelog.com.
 * @param changelog its text
 * @param tag such as "v1.0.0"
 * @param version that of package.json
 * @throws Error that says which of them does not agree
 */
export const releaseNotes = (changelog, tag, version) => {
  if (tag !== `v${version}`) throw new Error(`The tag is ${tag}, but package.json has version ${version}.`);
  const sections = changelog.split(/^(?=## )/m);
  const section = sections.find((each) => each.startsWith(`## [${version}]`));
  if (section === undefined) throw new Error(`CHANGELOG.md has no section for ${version}.`);
  const [heading = "", ...lines] = section.split("\n");
  if (!/ - \d{4}-\d{2}-\d{2}$/.test(heading))
    throw new Error(`The section for ${version} in CHANGELOG.md has no date.`);
  const notes = lines
    .filter((line) => !/^\[[^\]]+\]: /.test(line))
    .join("\n")
    .trim();
  if (notes === "") throw new Error(`The section for ${version} in CHANGELOG.md is empty.`);
  return `${notes}\n`;
};

/**
 * Whether package.json says where this repository is; Lull asks there for newer releases.
 * @param url `repository.url` of package.json
 * @param repository such as "owner/lull", as GitHub tells a workflow; undefined elsewhere
 * @throws Error that says what to run when it does not
 */
export const checkRepository = (url, repository) => {
  if (repository === undefined || url === `git+https://github.com/${repository}.git`) return;
  const [account] = repository.split("/");
  throw new Error(`package.json says ${url}, but this is ${repository}: run node scripts/publish-as.mjs ${account}.`);
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const { version, repository } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  try {
    checkRepository(repository.url, process.env.GITHUB_REPOSITORY);
    process.stdout.write(
      releaseNotes(readFileSync(join(root, "CHANGELOG.md"), "utf8"), process.argv[2] ?? "", version),
    );
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
