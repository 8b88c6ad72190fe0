import { truncate } from "./graphemes.ts";
import { type MemberText, rawText } from "./memberText.ts";

/** Longest name, in graphemes. */
const MAX_NAME_GRAPHEMES = 80;

/** Bidirectional controls and invisible characters, apart from the joiner and the variation selectors of emoji. */
const INVISIBLE =
  /[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]|[\u{e0000}-\u{e007f}]/gu;
/** A joiner that joins no emoji. */
const LOOSE_JOINER =
  /(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d|\u200d(?!\p{Extended_Pictographic})/gu;
/** More marks on one letter than any script has. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;

/** A name made fit to be shown, as `cleanName` does; an empty text when nothing is left. */
export const plainName = (input: string): string => {
  const line = input
    .slice(0, 4_000)
    .toWellFormed()
    .normalize("NFC")
    .replace(INVISIBLE, "")
    .replace(LOOSE_JOINER, "")
    .replace(STACKED_MARKS, "$1")
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, " ")
    .trim();
  return truncate(line, MAX_NAME_GRAPHEMES).trim();
};

/** Longest text that is searched for one name, in UTF-16 units. */
const MAX_SEARCHED = 500;

/** A name that is fit to be shown, as searches compare it: without accents, case or width. */
export const searchName = (name: MemberText): string =>
  foldName(rawText(name).normalize("NFKD").replace(/\p{M}/gu, "")).slice(0, MAX_SEARCHED);

/** Names that fold alike are the same name. */
export const foldName = (name: MemberText): string => rawText(name).normalize("NFKC").toLowerCase().normalize("NFC");

/** Letters and digits of a text in lower case, with hyphens between: part of an id. Empty where there are none. */
export const slug = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
