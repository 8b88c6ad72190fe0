/** The names of commands and their parts in one language, by their English path, such as `play when`. */
export type CommandNames = Readonly<Record<string, { readonly name: string } | undefined>>;

/** A command, perhaps its subcommand and a duration, as messages mention them; no part of an address. */
const MENTION = /(?<![\w/])(`?)\/([a-z]+)(?: ([a-z][a-z-]*))?(?: (\d+m))?/g;

/**
 * Lets a message mention commands by the names that Discord shows in its language. These are words like those around them,
 * so that they are set apart as code is.
 */
export const mentioning =
  (commands: CommandNames) =>
  (words: string): string =>
    words.replace(MENTION, (mention: string, open: string, command: string, part?: string, duration?: string) => {
      const name = commands[command]?.name;
      if (name === undefined) return mention;
      const partName = part === undefined ? undefined : commands[`${command} ${part}`]?.name;
      const said = [`/${name}`, partName, partName === undefined ? undefined : duration].filter(Boolean).join(" ");
      // What follows belongs to the sentence, unless all of it is set apart already.
      const rest = partName === undefined && part !== undefined ? ` ${part}${duration ? ` ${duration}` : ""}` : "";
      return open === "`" ? `\`${said}${rest}` : `\`${said}\`${rest}`;
    });
