import { extname } from "node:path";
import { type MemberText, rawText } from "../../kernel/memberText.ts";
import { plainName } from "../../kernel/names.ts";

/** A file's name without its ending, as words. */
const words = (name: string, ending: string): string =>
  plainName((name.endsWith(ending) ? name.slice(0, name.length - ending.length) : name).replace(/[-_]+/g, " "));

/**
 * The title of an upload: what its member says, else the name of the file. Discord strips a name to
 * ASCII, and sends the one that was given as the attachment's title, with or without its ending.
 */
export const uploadTitle = (
  title: MemberText | undefined,
  file: { readonly name: MemberText; readonly title?: MemberText | undefined },
): string => {
  const ending = extname(rawText(file.name));
  return (
    plainName(rawText(title ?? "")) ||
    words(rawText(file.title ?? ""), ending) ||
    words(rawText(file.name), ending) ||
    "Untitled"
  );
};
