const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** The beginning of a text, in whole graphemes: at most so many of them, and at most so many UTF-16 units. */
export const truncate = (text: string, longest: number, units: number = Number.POSITIVE_INFINITY): string => {
  // No text has more graphemes than units: most names need no look at what they are made of.
  if (text.length <= Math.min(longest, units)) return text;
  let end = 0;
  let count = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    if (++count > longest || index + segment.length > units) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
};
