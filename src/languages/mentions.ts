import type { Words } from "../commands/words.ts";

/** A command, perhaps its subcommand and a duration, as sentences mention them; no part of an address. */
const MENTION = /(?<![\w/])(`?)\/([a-z]+)(?: ([a-z][a-z-]*))?(?: (\d+m))?/g;

/**
 * Lets a sentence mention commands by the names that Discord shows in its language. These are words like those around them,
 * so that they are set apart as code is.
 */
export const mentioning =
  (words: Words) =>
  (sentence: string): string => {
    const nameOf = (path: string): string | undefined => {
      const entry = words[path];
      return typeof entry === "string" ? undefined : entry?.[0];
    };
    return sentence.replace(
      MENTION,
      (mention: string, open: string, command: string, part?: string, duration?: string) => {
        const name = nameOf(command);
        if (name === undefined) return mention;
        const partName = part === undefined ? undefined : nameOf(`${command} ${part}`);
        const said = [`/${name}`, partName, partName === undefined ? undefined : duration].filter(Boolean).join(" ");
        // What follows belongs to the sentence, unless all of it is set apart already.
        const rest = partName === undefined && part !== undefined ? ` ${part}${duration ? ` ${duration}` : ""}` : "";
        return open === "`" ? `\`${said}${rest}` : `\`${said}\`${rest}`;
      },
    );
  };
