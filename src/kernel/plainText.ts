/** Bidirectional controls, zero-width signs (the joiner of emoji aside), byte-order marks and other invisible formatting. */
const INVISIBLE =
  /[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/gu;
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]/gu;
/** Marks piled on one letter; no language needs more than three. */
const PILED_MARKS = /(\p{M}{3})\p{M}+/gu;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The beginning of a text, whole graphemes only: at most so many of them, and at most so many UTF-16 units. */
export const cut = (text: string, longest: number, units: number = Number.POSITIVE_INFINITY): string => {
  let kept = "";
  let count = 0;
  for (const { segment } of graphemes.segment(text)) {
    if (++count > longest || kept.length + segment.length > units) break;
    kept += segment;
  }
  return kept;
};

/**
 * A name as somebody typed it, made harmless: one line, composed (NFC), well-formed, without what is invisible or turns
 * the direction of writing, at most 80 graphemes and 100 UTF-16 units (Discord's limit for choices).
 * @returns an empty string when nothing is left
 */
export const plainName = (typed: string): string =>
  cut(
    typed
      .toWellFormed()
      .normalize("NFC")
      .replace(CONTROLS, " ")
      .replace(INVISIBLE, "")
      .replace(PILED_MARKS, "$1")
      .replace(/\s+/gu, " ")
      .trim(),
    80,
    100,
  ).trim();
