import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sql } from "kysely";
import { UserError } from "../kernel/errors.ts";
import { type Millis, minutes } from "../kernel/units.ts";
import { type CarriedTable, carryOver } from "./carryOver.ts";
import { connectDatabase, type Database, openDatabase, readDatabase } from "./database.ts";
import { lockDatabase } from "./databaseLock.ts";
import { createSharedFiles } from "./sharedFiles.ts";
import { copyDatabase } from "./snapshot.ts";

/** A page of rows is written and read again in less. */
const QUERY_TIMEOUT: Millis = minutes(1);

/** Names that lead out of a folder are no files of Lull's. */
const SAFE_NAME = /^(uploads|whispers)(\/[\w-][\w.-]*)+$/;

/** Brings the files that other machines have, and this one has not. @returns their names */
const fetchFiles = async (from: Database, folder: string, known: ReadonlySet<string>): Promise<readonly string[]> => {
  const shared = createSharedFiles(from);
  const fetched: string[] = [];
  for (const name of await shared.names("")) {
    if (known.has(name) || !SAFE_NAME.test(name)) continue;
    await mkdir(dirname(join(folder, name)), { recursive: true, mode: 0o700 });
    if (await shared.fetch(name, join(folder, name))) fetched.push(name);
  }
  return fetched;
};

/**
 * Copies a PostgreSQL database into a SQLite file, as it was at one moment, while others write to it, and the files in it
 * into a folder.
 * @param to the copy, a single file without a write-ahead log; must not exist
 * @param files the folder, and names of files that are there already, such as `uploads/0123.opus`
 * @returns the names of the files that were copied
 * @throws UserError when the database cannot be reached, or its tables are another version's
 */
export const copyFromServer = async (
  address: string,
  to: string,
  files: { readonly folder: string; readonly known: ReadonlySet<string> },
): Promise<readonly string[]> => {
  const from = await readDatabase(address, { queryTimeout: QUERY_TIMEOUT });
  try {
    const copy = await openDatabase(to);
    try {
      await carryOver(from, copy);
      await sql`pragma journal_mode = delete`.execute(copy);
    } finally {
      await copy.destroy();
    }
    return await fetchFiles(from, files.folder, files.known);
  } finally {
    await from.destroy();
  }
};

/**
 * Copies a SQLite file into an empty PostgreSQL database, whole or not at all.
 * @param path of the file, which is left as it is
 * @param beside a file that does not exist, where a copy may be made for the time being
 * @throws UserError when the database is not empty, is in use or cannot be reached, or when a table did not arrive as it
 *   was
 */
export const moveToServer = async (path: string, beside: string, address: string): Promise<readonly CarriedTable[]> => {
  try {
    // An older file is migrated on its way; the original is not.
    await copyDatabase(path, beside);
    const to = await connectDatabase(address, { queryTimeout: QUERY_TIMEOUT });
    try {
      const lock = await lockDatabase(address, { patience: 0 });
      try {
        const from = await openDatabase(beside);
        try {
          return await carryOver(from, to);
        } finally {
          await from.destroy();
        }
      } finally {
        await lock.release();
      }
    } finally {
      await to.destroy();
    }
  } finally {
    for (const end of ["", "-wal", "-shm"]) await rm(`${beside}${end}`, { force: true });
  }
};

/** What a database says of itself. */
export interface ServerFacts {
  /** Whether Lull has made its tables there. */
  readonly hasTables: boolean;
  /** Whether a Lull runs on it. */
  readonly isInUse: boolean;
}

/** @throws UserError in one sentence for the operator when the database cannot be used */
export const inspectServer = async (address: string): Promise<ServerFacts> => {
  const isInUse = await lockDatabase(address, { patience: 0 }).then(
    async (lock) => {
      await lock.release();
      return false;
    },
    (error: unknown) => {
      if (error instanceof UserError && error.code === "data-in-use") return true;
      throw error;
    },
  );
  try {
    await (await readDatabase(address)).destroy();
    return { hasTables: true, isInUse };
  } catch (error) {
    if (error instanceof UserError && error.code === "storage-too-old") return { hasTables: false, isInUse };
    throw error;
  }
};
