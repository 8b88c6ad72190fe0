import { type MemberText, rawText } from "./memberText.ts";
import { plainName } from "./names.ts";

/** Discord hides a backslash before any punctuation; these are what could start a style, a link or a mention. */
const MARKDOWN_CHARACTERS = /[\\*_~`|[\]<>#@]|:(?=\/\/)/g;

/** A name of somebody's making, shown as it is: no style, no link, no mention. */
export const escapeMarkdown = (name: MemberText): string =>
  plainName(rawText(name)).replace(MARKDOWN_CHARACTERS, "\\$&");
