import { UserError } from "./errors.ts";
import { plainName } from "./names.ts";
import { text } from "./text.ts";

/**
 * A name as a member typed it, fit to be stored and shown: well-formed, NFC, one line, nothing invisible, no towers
 * of marks, at most 80 graphemes.
 * @throws UserError when nothing is left
 */
export const cleanName = (input: string): string => {
  const name = plainName(input);
  if (name === "")
    throw new UserError("empty-name", text`That name has nothing to read. Try a short one, such as Rainy window.`);
  return name;
};
