/** The section of a version in a changelog; see `release-notes.mjs`. */
export function releaseNotes(changelog: string, tag: string, version: string): string;
/** Throws when package.json names another repository; see `release-notes.mjs`. */
export function checkRepository(url: string, repository: string | undefined): void;
