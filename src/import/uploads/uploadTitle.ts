import { extname } from "node:path";
import { rawText } from "../../kernel/memberText.ts";
import { plainName } from "../../kernel/names.ts";
import type { UploadRequest } from "../../ports/sounds.ts";

/** A file's name without its ending, as words. */
const words = (name: string, ending: string): string =>
  plainName((name.endsWith(ending) ? name.slice(0, name.length - ending.length) : name).replace(/[-_]+/g, " "));

/**
 * The title of an upload: what its member says, else the name of the file. Discord strips a name to
 * ASCII, and sends the one that was given as the attachment's title, with or without its ending.
 */
export const uploadTitle = ({ title, attachment }: Pick<UploadRequest, "title" | "attachment">): string => {
  const ending = extname(rawText(attachment.name));
  return (
    plainName(rawText(title ?? "")) ||
    words(rawText(attachment.title ?? ""), ending) ||
    words(rawText(attachment.name), ending) ||
    "Untitled"
  );
};
