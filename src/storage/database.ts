import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import SQLite from "better-sqlite3";
import { Kysely, sql, type Transaction } from "kysely";
import { Migrator } from "kysely/migration";
import { UserError } from "../kernel/errors.ts";
import type { Millis } from "../kernel/units.ts";
import { createPostgresDialect, createSqliteDialect } from "./dialect.ts";
import { migrations } from "./migrations.ts";
import { isConflict, isOutage, reasonOf, sqliteCode, sqlState } from "./outages.ts";
import { openPostgresPool, withoutPassword } from "./postgresPool.ts";
import type { Schema } from "./schema.ts";

/** The database, with the tables of the latest migration. */
export type Database = Kysely<Schema>;

/** SQLite blocks the thread while it waits for another writer, so it does not wait for long. */
const BUSY_TIMEOUT_MS = 250;

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

/** SQLite's name for a database that is kept nowhere. */
const IN_MEMORY = ":memory:";
/** Such a database after all migrations: they take several times as long as most that is done with it. */
let migratedInMemory: Buffer | undefined;

const openFile = (path: string): SQLite.Database => {
  const contents = path === IN_MEMORY ? migratedInMemory : undefined;
  const file = new SQLite(contents ?? path, { timeout: BUSY_TIMEOUT_MS });
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

const isUnknown = (name: unknown): boolean => typeof name !== "string" || !Object.hasOwn(migrations, name);

/** The names of the migrations that were run here. */
const migrationsRun = (file: SQLite.Database): readonly unknown[] => {
  const ledger = file.prepare("select 1 from sqlite_master where type = 'table' and name = 'kysely_migration'").get();
  return ledger === undefined ? [] : file.prepare("select name from kysely_migration").pluck().all();
};

const migrate = async (db: Database): Promise<void> => {
  const provider = { getMigrations: () => Promise.resolve({ ...migrations }) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error !== undefined) throw error;
};

/**
 * Opens the file, creating it if needed, and migrates its schema.
 * @param onOutage told of each statement that fails because of the disk or another writer
 * @throws UserError in one sentence for the operator when the file cannot be used
 */
export const openDatabase = async (path: string, onOutage: (error: unknown) => void = () => {}): Promise<Database> => {
  let file: SQLite.Database | undefined;
  try {
    if (path !== IN_MEMORY) await mkdir(dirname(path), { recursive: true });
    file = openFile(path);
    const run = migrationsRun(file);
    if (run.some(isUnknown)) throw tooNew(path);
    const dialect = createSqliteDialect(file, (error) => isOutage(error) && onOutage(error));
    const db = new Kysely<Schema>({ dialect });
    // To find that nothing is to be done, the migrator reads the whole schema.
    if (run.length < Object.keys(migrations).length) await migrate(db);
    if (path === IN_MEMORY) migratedInMemory ??= file.serialize();
    return db;
  } catch (error) {
    file?.close();
    throw error instanceof UserError ? error : unusable(path, error);
  }
};

const NO_SUCH_TABLE = "42P01";
const NOT_ALLOWED = "42501";

/** Why a database of PostgreSQL's cannot be used, in one sentence for the operator. */
export const refusedBy = (address: string, error: unknown): UserError => {
  const cause = error instanceof UserError ? error.cause : error;
  const state = sqlState(cause);
  const place = `LULL_DATABASE_URL: ${withoutPassword(address)}`;
  if (state?.startsWith("28"))
    return new UserError("storage-unusable", `${place} refuses this user or its password (${state}).`);
  if (state === "3D000")
    return new UserError("storage-unusable", `${place}: there is no such database. Make it with createdb first.`);
  if (state === NOT_ALLOWED)
    return new UserError(
      "storage-unusable",
      `${place}: this user may not create tables. Make it the database's owner.`,
    );
  return new UserError(
    "storage-unusable",
    `${place} cannot be used (${reasonOf(cause)}). See whether the server runs and the address is right, and start again.`,
  );
};

const ledgerOf = async (db: Database): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`
    .execute(db)
    .catch((error: unknown) => {
      if (sqlState(error) === NO_SUCH_TABLE) return { rows: [] };
      throw error;
    });
  return rows.map(({ name }) => name);
};

interface ConnectOptions {
  /** Told of each statement that fails because of the server or the way to it. */
  readonly onOutage?: (error: unknown) => void;
  /** After which a statement is given up, with its connection. */
  readonly queryTimeout?: Millis;
}

const connect = async (
  address: string,
  { onOutage = () => {}, queryTimeout }: ConnectOptions,
  prepare: (db: Database) => Promise<void>,
): Promise<Database> => {
  let isOpen = false;
  const pool = await openPostgresPool(address, {
    // Until it is open, what fails is said once, by what is thrown.
    onOutage: (error) => isOpen && onOutage(error),
    ...(queryTimeout !== undefined && { queryTimeout }),
  });
  const db = new Kysely<Schema>({ dialect: createPostgresDialect(pool) });
  try {
    if ((await ledgerOf(db)).some(isUnknown))
      throw new UserError(
        "storage-too-new",
        `LULL_DATABASE_URL: ${withoutPassword(address)} was written by a newer Lull. Start that version.`,
      );
    await prepare(db);
    isOpen = true;
    return db;
  } catch (error) {
    await db.destroy();
    throw error instanceof UserError && error.code.startsWith("storage-too-") ? error : refusedBy(address, error);
  }
};

/**
 * Connects to a PostgreSQL database, and migrates its schema.
 * @param address a `postgres://` URL
 * @throws UserError in one sentence for the operator when the database cannot be used
 */
export const connectDatabase = (address: string, options: ConnectOptions = {}): Promise<Database> =>
  connect(address, options, migrate);

/**
 * Connects to a PostgreSQL database that Lull has used, and changes nothing.
 * @param address a `postgres://` URL
 * @throws UserError in one sentence for the operator when the database cannot be used, or lacks this version's tables
 */
export const readDatabase = (address: string, options: ConnectOptions = {}): Promise<Database> =>
  connect(address, options, async (db) => {
    const known = new Set(await ledgerOf(db));
    if (!Object.keys(migrations).every((name) => known.has(name)))
      throw new UserError(
        "storage-too-old",
        `LULL_DATABASE_URL: ${withoutPassword(address)} has not the tables of this Lull yet. Start it once with npm start.`,
      );
  });

/** How often a transaction that met another one is tried, in all. */
const MAX_TRIES = 20;
const LONGEST_PAUSE: Millis = 10;

/**
 * Runs a change in one transaction, as if no other ran at the same time: what it has read still holds when it writes.
 * On PostgreSQL, one that met another is tried again, so a change may run several times.
 */
export const inTransaction = async <T>(
  db: Database,
  change: (transaction: Transaction<Schema>) => Promise<T>,
): Promise<T> => {
  for (let tries = 1; ; tries++) {
    try {
      return await db.transaction().setIsolationLevel("serializable").execute(change);
    } catch (error) {
      if (!isConflict(error) || tries === MAX_TRIES) throw error;
      await pause(Math.random() * LONGEST_PAUSE);
    }
  }
};
