import { stat } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../kernel/errors.ts";
import type { CarriedTable } from "../storage/carryOver.ts";
import { lockFolder } from "../storage/folderLock.ts";
import { moveToServer } from "../storage/serverSnapshot.ts";

/**
 * Copies the database of a data folder to PostgreSQL, whole or not at all; the folder's file is left as it is.
 * @param data the data folder
 * @param address of an empty database, a `postgres://` URL
 * @throws UserError when there is nothing to move, when a bot runs on the folder or on the database, when that one is not
 *   empty or cannot be reached, or when a table did not arrive as it was
 */
export const move = async (data: string, address: string): Promise<readonly CarriedTable[]> => {
  const path = join(data, "lull.sqlite");
  if (!(await stat(path).catch(() => undefined)))
    throw new UserError(
      "no-data",
      `There is nothing to move: ${data} holds no lull.sqlite. LULL_DATA names the folder.`,
    );
  const lock = await lockFolder(data, { patience: 0 });
  try {
    return await moveToServer(path, join(data, `.move-${process.pid}.sqlite`), address);
  } finally {
    lock.release();
  }
};
