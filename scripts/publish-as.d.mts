/** The files whose addresses name the account; see `publish-as.mjs`. */
export const FILES: readonly string[];
/** A file's text with the account in its addresses; see `publish-as.mjs`. */
export function publishedAs(text: string, account: string): string;
