import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { FILES, publishedAs } from "../../scripts/publish-as.mjs";
import { checkRepository, releaseNotes } from "../../scripts/release-notes.mjs";

const changelog = (heading: string) => `# Changelog

## [Unreleased]

- Not yet.

${heading}

### Added

- Rain.

## [0.9.0] - 2026-01-01

- Earlier.

[1.0.0]: https://example.org/compare
`;

test("a release says what its section of the changelog says, and nothing else", () => {
  expect(releaseNotes(changelog("## [1.0.0] - 2026-12-01"), "v1.0.0", "1.0.0")).toBe("### Added\n\n- Rain.\n");
});

test.each([
  [
    "the tag is another version",
    "## [1.0.0] - 2026-12-01",
    "v1.0.1",
    "The tag is v1.0.1, but package.json has version 1.0.0.",
  ],
  [
    "the section has no date",
    "## [1.0.0] - unreleased",
    "v1.0.0",
    "The section for 1.0.0 in CHANGELOG.md has no date.",
  ],
  ["there is no section", "## [0.9.9] - 2026-12-01", "v1.0.0", "CHANGELOG.md has no section for 1.0.0."],
])("it fails if %s", (_, heading, tag, message) => {
  expect(() => releaseNotes(changelog(heading), tag, "1.0.0")).toThrow(message);
});

test("a release says where newer ones will be: package.json names the repository that publishes it", () => {
  const url = "git+https://github.com/OWNER/lull.git";
  expect(() => checkRepository(url, "ana/lull")).toThrow(/this is ana\/lull: run node scripts\/publish-as\.mjs ana\.$/);
  expect(() => checkRepository(publishedAs(url, "ana"), "ana/lull")).not.toThrow();
  expect(() => checkRepository(url, undefined)).not.toThrow();
});

test("one command puts the account into every address", () => {
  const root = resolve(import.meta.dirname, "../..");
  for (const file of FILES) {
    const text = readFileSync(join(root, file), "utf8");
    expect(text, file).toMatch(/(github\.com|ghcr\.io)\/OWNER\//);
    expect(publishedAs(text, "ana"), file).not.toMatch(/\.(com|io)\/OWNER/);
  }
  expect(() => publishedAs("", "a b")).toThrow('"a b" is not an account.');
});
