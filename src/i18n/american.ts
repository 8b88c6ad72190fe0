const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/\b([Ff])avourite/g, "$1avorite"],
  [/\b([Pp])rogramme\b/g, "$1rogram"],
  [/\b([Pp])rogrammes\b/g, "$1rograms"],
  [/\b([Ll])icence/g, "$1icense"],
  [/\b([Cc])olour/g, "$1olor"],
  [/\b([Mm])etre/g, "$1eter"],
  [/\b([Gg])rey\b/g, "$1ray"],
];

/** British English as Americans spell it. */
export const american = (british: string): string =>
  SPELLINGS.reduce((spelt, [pattern, spelling]) => spelt.replace(pattern, spelling), british);
