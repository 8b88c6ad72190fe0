import { expect, test } from "vitest";
import { releaseNotes } from "../../scripts/release-notes.mjs";

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
