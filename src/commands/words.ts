/**
 * The words of a language, by the path of what they name: command, subcommand, option and choice, as in `play when now`.
 * A name and a description; choices have the name alone.
 */
export type Words = Readonly<Record<string, readonly [name: string, description: string] | string>>;
