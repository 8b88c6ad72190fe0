import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import SQLite from "better-sqlite3";
import { UserError } from "../kernel/errors.ts";
import { type Millis, seconds } from "../kernel/units.ts";

/** A process that has been asked to end takes up to 8 s for it: a ramp, and its files. */
const PATIENCE: Millis = seconds(10);
const POLL_INTERVAL: Millis = 250;

/** The right to use a data folder. */
export interface FolderLock {
  /** Lets another process have the folder. */
  release(): void;
}

const inUse = (folder: string) =>
  new UserError(
    "data-in-use",
    `LULL_DATA: ${folder} is in use by another Lull. Stop that one, or give this one a folder of its own.`,
  );

/**
 * Claims a data folder for this process. The lock is SQLite's own on a file named `lock`: the
 * operating system drops it with the process, however that ends, on Windows too.
 * @param options.onWait called once when another process has the folder, which may be about to end
 * @throws UserError when it still has it after 10 s, or when the folder cannot be written
 */
export const lockFolder = async (
  folder: string,
  options: { readonly patience?: Millis; readonly onWait?: () => void } = {},
): Promise<FolderLock> => {
  const { patience = PATIENCE, onWait = () => {} } = options;
  await mkdir(folder, { recursive: true });
  const file = new SQLite(join(folder, "lock"), { timeout: 0 });
  const claim = () => {
    try {
      // Journals in memory: two processes must be able to try without a file between them.
      file.pragma("journal_mode = memory");
      file.exec("begin exclusive");
      return true;
    } catch (error) {
      if (error instanceof SQLite.SqliteError && /BUSY|LOCKED/.test(error.code)) return false;
      throw error;
    }
  };
  try {
    for (let waited = 0; !claim(); waited += POLL_INTERVAL) {
      if (waited === 0) onWait();
      if (waited >= patience) throw inUse(folder);
      await pause(POLL_INTERVAL);
    }
  } catch (error) {
    file.close();
    throw error;
  }
  return { release: () => void file.close() };
};
