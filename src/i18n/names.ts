type Names = Readonly<Record<string, string>>;

/** Between the titles of several sounds, and between that of a sound and its variant. */
const JOINTS = [", ", " · "];

/**
 * A name of ours in another language: its own word, or those of its parts where all of them have one, or that of its kind.
 * @param names by their English
 * @returns undefined for a name that is none of ours
 */
export const wordFor = (names: Names, english: string): string | undefined => {
  if (Object.hasOwn(names, english)) return names[english];
  for (const joint of JOINTS) {
    const parts = english.split(joint);
    const words = parts.length > 1 ? parts.map((part) => wordFor(names, part)) : [undefined];
    if (words.every((word) => word !== undefined)) return words.join(joint);
  }
  // What is whispered stays as it was written.
  const [kind = "", ...rest] = english.split(": ");
  return rest.length > 0 && Object.hasOwn(names, kind) ? [names[kind], ...rest].join(": ") : undefined;
};
