import { accessSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import type { Config } from "./config.ts";
import { UserError } from "./kernel/errors.ts";
import { isMissingFile } from "./kernel/fileErrors.ts";
import { makeFolder } from "./kernel/makeFolder.ts";

/** Sockets, files and processes of a bot that plays in a few guilds, with room for a night. */
const MIN_OPEN_FILES = 256;

const checkFolder = (variable: string, path: string): void => {
  const unusable = (why: string) => new UserError("bad-config", `${variable}: ${path} ${why}.`);
  try {
    makeFolder(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    throw code === "EEXIST" || code === "ENOTDIR"
      ? unusable("is not a folder. Choose another one")
      : code === "ENOSPC"
        ? unusable("cannot be made, because the disk is full. Make room, and start again")
        : unusable(`cannot be used as a folder (${code}). Choose one that this user can write`);
  }
};

/** The recordings may lie on a disk that cannot be written, or be absent. */
const checkReadable = (variable: string, path: string): void => {
  try {
    if (!statSync(path).isDirectory()) throw new UserError("bad-config", `${variable}: ${path} is not a folder.`);
    accessSync(path, constants.R_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (isMissingFile(error)) return;
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    throw new UserError("bad-config", `${variable}: ${path} cannot be read (${code}). Let this user read it.`);
  }
};

/** How many files this process may open, where the system says so. */
const openFilesLimit = (): number | undefined => {
  try {
    const [, soft] = /^Max open files\s+(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8")) ?? [];
    return soft === undefined ? undefined : Number(soft);
  } catch {
    return undefined;
  }
};

/**
 * Checks what the machine gives as the configuration is checked: folders, and how much may be open.
 * @throws UserError in one sentence that names the variable or the limit
 */
export const checkMachine = (config: Config): void => {
  const limit = openFilesLimit();
  if (limit !== undefined && limit < MIN_OPEN_FILES)
    throw new UserError(
      "bad-config",
      `ulimit -n is ${limit}, which is too few open files. Allow ${MIN_OPEN_FILES} or more, and start again.`,
    );
  checkFolder("LULL_DATA", config.data);
  checkFolder("LULL_CACHE", config.cache);
  checkReadable("LULL_SOUNDS", config.sounds);
};

/**
 * Checks that Lull can run without a token: the container's image has no emulator.
 * @throws UserError in one sentence that names the variable
 */
export const checkRehearsal = (): void => {
  if (existsSync(new URL("./rehearsal", import.meta.url))) return;
  throw new UserError("bad-config", "DISCORD_TOKEN is not set. Rehearsing without a token needs a clone of Lull.");
};
