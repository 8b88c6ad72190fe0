import { chmodSync, lstatSync, mkdirSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join, parse, resolve } from "node:path";

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

const mend = (path: string, isFolder: boolean): void => {
  const mode = isFolder ? FOLDER_MODE : FILE_MODE;
  // Only bits of others: what the owner has taken from themselves stays so.
  if ((lstatSync(path).mode & 0o077) !== 0) chmodSync(path, mode);
};

const mendWithin = (folder: string): void => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    // A link leads to what is somebody else's, and may.
    if (!entry.isDirectory() && !entry.isFile()) continue;
    mend(path, entry.isDirectory());
    if (entry.isDirectory()) mendWithin(path);
  }
};

/**
 * Makes a folder that only its owner can read, and takes away what others may do in one that is there:
 * folders become 0700 and files 0600. Nothing changes on Windows, where rights are inherited.
 * @param isOurs which of its entries are mended; the folder may hold other things too
 * @throws the file system's error when the folder cannot be made or is not this user's
 */
export const makePrivateFolder = (folder: string, isOurs: (name: string) => boolean): void => {
  mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
  if (process.platform === "win32") return;
  // A home or a root that was named as the data folder has other uses.
  if (resolve(folder) !== resolve(homedir()) && resolve(folder) !== parse(folder).root) mend(folder, true);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!isOurs(entry.name) || (!entry.isDirectory() && !entry.isFile())) continue;
    mend(join(folder, entry.name), entry.isDirectory());
    if (entry.isDirectory()) mendWithin(join(folder, entry.name));
  }
};
