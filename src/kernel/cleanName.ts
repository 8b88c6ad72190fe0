import { message } from "../i18n/message.ts";
import { UserError } from "./errors.ts";
import { type MemberText, rawText } from "./memberText.ts";
import { plainName } from "./names.ts";

/**
 * A name as a member typed it, fit to be stored and shown: well-formed, NFC, one line, nothing invisible, no towers
 * of marks, at most 80 graphemes.
 * @throws UserError when nothing is left
 */
export const cleanName = (input: MemberText): string => {
  const name = plainName(rawText(input));
  if (name === "") throw new UserError("empty-name", message("sounds.nameBlank"));
  return name;
};
