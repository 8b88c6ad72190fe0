import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "dotenv";
import { UserError } from "./kernel/errors.ts";

/** What `.env` sets, or why it sets nothing. */
export interface EnvironmentFile {
  readonly values: Readonly<Record<string, string>>;
  /** Said to the operator where a token was expected and none is set. */
  readonly withoutToken: string | undefined;
}

/** Names under which editors and systems save what was meant as `.env`. */
const NEARLY = /^(\.?env\.txt|env|\.env\.(local|env|production|dotenv))$/i;

/** Text as PowerShell's `>` or an editor wrote it: UTF-16 with or without its mark, or UTF-8. */
const decode = (bytes: Uint8Array): string => {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || second === 0) return new TextDecoder("utf-16le").decode(bytes);
  if ((first === 0xfe && second === 0xff) || first === 0) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder().decode(bytes);
};

const withoutToken = (values: Readonly<Record<string, string>>): string | undefined => {
  if (values.DISCORD_TOKEN?.trim()) return undefined;
  if (values.DISCORD_TOKEN !== undefined) return "DISCORD_TOKEN is empty in .env.";
  const names = Object.keys(values).filter((name) => /^\w{1,40}$/.test(name));
  return names.length === 0
    ? ".env sets nothing: a line such as DISCORD_TOKEN=… is expected."
    : `.env sets ${names.slice(0, 8).join(", ")}, and no DISCORD_TOKEN.`;
};

const nearly = (folder: string): string | undefined => {
  const name = readdirSync(folder).find((one) => NEARLY.test(one));
  return name === undefined ? undefined : `There is a file ${name}, but only .env is read: rename it.`;
};

/**
 * Reads a folder's `.env`.
 * @throws UserError when it is there and cannot be read
 */
export const readEnvironmentFile = (folder: string): EnvironmentFile => {
  try {
    const values = parse(decode(readFileSync(join(folder, ".env"))));
    return { values, withoutToken: withoutToken(values) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return { values: {}, withoutToken: nearly(folder) };
    throw new UserError("bad-config", `.env in ${folder} cannot be read (${code}). Let this user read it.`);
  }
};
