/** The section of a version in a changelog; see `release-notes.mjs`. */
export function releaseNotes(changelog: string, tag: string, version: string): string;
