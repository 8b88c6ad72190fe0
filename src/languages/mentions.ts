import type { Words } from "../commands/words.ts";

/** A command and perhaps its subcommand, as sentences mention them; no part of an address. */
const MENTION = /(?<![\w/])\/([a-z]+)(?: ([a-z][a-z-]*))?/g;

/** Lets a sentence mention commands by the names that Discord shows in its language. */
export const mentioning =
  (words: Words) =>
  (sentence: string): string => {
    const nameOf = (path: string): string | undefined => {
      const entry = words[path];
      return typeof entry === "string" ? undefined : entry?.[0];
    };
    return sentence.replace(MENTION, (mention: string, command: string, part?: string) => {
      const name = nameOf(command);
      if (name === undefined) return mention;
      if (part === undefined) return `/${name}`;
      return `/${name} ${nameOf(`${command} ${part}`) ?? part}`;
    });
  };
