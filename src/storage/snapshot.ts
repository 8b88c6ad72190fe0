import SQLite from "better-sqlite3";
import { UserError } from "../kernel/errors.ts";
import { migrations } from "./migrations.ts";

/** What a database file says of itself. */
export interface DatabaseFacts {
  /** The migrations that were run on it, oldest first. */
  readonly schema: readonly string[];
  /** Those of them that this version does not know. */
  readonly unknown: readonly string[];
  /** Hashes of the added sounds that members can play; each has a file `uploads/HASH.opus`. */
  readonly uploads: readonly string[];
}

const hasTable = (file: SQLite.Database, name: string): boolean =>
  file.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(name) !== undefined;

const column = (file: SQLite.Database, table: string, query: string): readonly string[] =>
  hasTable(file, table) ? file.prepare(query).pluck().all().map(String) : [];

/** @throws UserError when SQLite finds the file damaged, or it is no database */
export const inspectDatabase = (path: string): DatabaseFacts => {
  let file: SQLite.Database | undefined;
  try {
    file = new SQLite(path, { readonly: true, fileMustExist: true });
    const words = String(file.pragma("quick_check(1)", { simple: true }));
    if (words !== "ok") throw new Error(words);
    const schema = column(file, "kysely_migration", "select name from kysely_migration order by timestamp, name");
    return {
      schema,
      unknown: schema.filter((name) => !Object.hasOwn(migrations, name)),
      uploads: column(file, "guild_sounds", "select hash from guild_sounds where removed_at is null"),
    };
  } catch (error) {
    throw new UserError("storage-unusable", `The database ${path} cannot be read (${(error as Error).message}).`);
  } finally {
    file?.close();
  }
};

/**
 * Copies a database with SQLite's online backup: as it was at one moment, while others write to it.
 * @param to the copy, a single file without a write-ahead log
 * @throws UserError when there is none to copy
 * @throws the file system's or SQLite's error when the copy cannot be written
 */
export const copyDatabase = async (from: string, to: string): Promise<void> => {
  let file: SQLite.Database;
  try {
    file = new SQLite(from, { fileMustExist: true, timeout: 5_000 });
  } catch {
    throw new UserError("storage-unusable", `There is no database ${from} to copy. LULL_DATA names its folder.`);
  }
  try {
    // All pages in one step: a copy that is made bit by bit begins again with each write of the bot's.
    await file.backup(to, { progress: () => 2 ** 31 - 1 });
  } finally {
    file.close();
  }
  const copy = new SQLite(to);
  copy.pragma("journal_mode = delete");
  copy.close();
};
