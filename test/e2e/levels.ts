import type { Recording } from "discord-emulator";

/** The level of a part of a recording in dBFS. @param from @param to in seconds */
export const levelIn = ({ levels }: Recording, from: number, to: number): number => {
  const part = levels.slice(Math.round(from * 50), Math.round(to * 50));
  return 10 * Math.log10(part.reduce((sum, each) => sum + 10 ** (each / 10), 0) / part.length);
};
