import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import SQLite from "better-sqlite3";
import { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import { createDialect } from "./dialect.ts";
import { migrations } from "./migrations.ts";
import type { Schema } from "./schema.ts";

/** The database, with the tables of the latest migration. */
export type Database = Kysely<Schema>;

/** SQLite blocks the thread while it waits for another writer, so it does not wait for long. */
const BUSY_TIMEOUT_MS = 250;

const sqliteCode = (error: unknown): string | undefined =>
  error instanceof SQLite.SqliteError ? error.code : undefined;

/** Why the database failed, in a few words for the operator. */
export const reasonOf = (error: unknown): string => {
  const code = sqliteCode(error) ?? "";
  if (code.includes("FULL")) return "the disk is full";
  if (/BUSY|LOCKED/.test(code)) return "another program is using it";
  if (code.includes("READONLY")) return "it is read-only";
  return code || String(error);
};

const unusable = (path: string, error: unknown) => {
  const code = sqliteCode(error) ?? (error as NodeJS.ErrnoException).code ?? "";
  const why = /NOTADB|CORRUPT/.test(code)
    ? "is not a database that Lull can read. Move it away, or put a backup in its place, and start again"
    : /BUSY|LOCKED/.test(code)
      ? "is in use by another program. End that one, and start again"
      : /FULL|ENOSPC/.test(code)
        ? "cannot be written, because the disk is full. Make room, and start again"
        : "cannot be opened or written. Look at the path and its permissions, and start again";
  return new UserError("storage-unusable", `The file ${path} ${why}${code && ` (${code})`}.`);
};

const tooNew = (path: string) =>
  new UserError(
    "storage-too-new",
    `The file ${path} was written by a newer Lull. Start that version, or put an older backup in the file's place.`,
  );

const openFile = (path: string): SQLite.Database => {
  const file = new SQLite(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    file.pragma("journal_mode = WAL");
    file.pragma("synchronous = FULL");
    // A checkpoint delays the commit that triggers it: every 16 MB instead of every 4.
    file.pragma("wal_autocheckpoint = 4000");
    file.pragma("foreign_keys = ON");
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
};

/** Migrations that were run here, but that this version does not know. */
const unknownMigrations = (file: SQLite.Database): boolean => {
  const ledger = file.prepare("select 1 from sqlite_master where type = 'table' and name = 'kysely_migration'").get();
  if (ledger === undefined) return false;
  const names = file.prepare("select name from kysely_migration").pluck().all();
  return names.some((name) => typeof name !== "string" || !Object.hasOwn(migrations, name));
};

/**
 * Opens the file, creating it if needed, and migrates its schema.
 * @param onOutage told of each statement that fails because of the disk or another writer
 * @throws UserError in one sentence for the operator when the file cannot be used
 */
export const openDatabase = async (path: string, onOutage: (error: unknown) => void = () => {}): Promise<Database> => {
  let file: SQLite.Database | undefined;
  try {
    await mkdir(dirname(path), { recursive: true });
    file = openFile(path);
    if (unknownMigrations(file)) throw tooNew(path);
    const db = new Kysely<Schema>({ dialect: createDialect(file, (error) => isOutage(error) && onOutage(error)) });
    const provider = { getMigrations: () => Promise.resolve({ ...migrations }) };
    const { error } = await new Migrator({ db, provider }).migrateToLatest();
    if (error !== undefined) throw error;
    return db;
  } catch (error) {
    file?.close();
    throw error instanceof UserError ? error : unusable(path, error);
  }
};

/**
 * Whether a write failed because of the disk or another writer, and not because of what was
 * written.
 */
const isOutage = (error: unknown): boolean =>
  /BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB/.test(sqliteCode(error) ?? "");

/**
 * Runs a change; where the disk does not take it, the member is told so in plain words.
 * @throws UserError when it could not be saved
 */
export const withWriteErrors = async <T>(change: () => Promise<T>): Promise<T> => {
  try {
    return await change();
  } catch (error) {
    if (!isOutage(error)) throw error;
    const isFull = sqliteCode(error)?.includes("FULL") ?? false;
    const told = new UserError("not-saved", message(isFull ? "storage.diskFull" : "storage.notSaved"));
    told.cause = error;
    throw told;
  }
};
