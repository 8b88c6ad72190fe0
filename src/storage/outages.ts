import SQLite from "better-sqlite3";
import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";

/** SQLite's name for what failed, e.g. `SQLITE_FULL`; undefined where it was not SQLite. */
export const sqliteCode = (error: unknown): string | undefined =>
  error instanceof SQLite.SqliteError ? error.code : undefined;

/** PostgreSQL's code for what failed (its manual, appendix A); undefined where the server did not say it. */
export const sqlState = (error: unknown): string | undefined =>
  // What the server sends has a severity; what the system says of a connection has a code alone.
  error instanceof Error && "severity" in error && "code" in error ? String(error.code) : undefined;

/** The code of `UserError` where the database does not answer. */
const AWAY = "database-away";

/** The server ends the connection, or takes none: class 08, shutdown, too many connections, no such role or database. */
const REFUSED = /^(08|28|57P|53300|3D000)/;

/** Whether PostgreSQL was not reached, or has ended the connection: what is asked for next may be answered again. */
export const isConnectionLost = (error: unknown): boolean => {
  const state = sqlState(error);
  if (state !== undefined) return REFUSED.test(state);
  return error instanceof Error && !(error instanceof TypeError) && !(error instanceof UserError);
};

/** What members are told when the database does not answer. */
export const databaseAway = (cause: unknown): UserError => {
  const told = new UserError(AWAY, message("storage.away"));
  told.cause = cause;
  return told;
};

/** Two transactions of PostgreSQL's have met; the one that failed can be tried again. */
export const isConflict = (error: unknown): boolean => ["40001", "40P01", "23505"].includes(sqlState(error) ?? "");

/**
 * Whether a write failed because of the disk, the server or another writer, and not because of what was
 * written.
 */
export const isOutage = (error: unknown): boolean =>
  /BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB/.test(sqliteCode(error) ?? "") ||
  /^(25006|40001|40P01|53|55P03|57|58)/.test(sqlState(error) ?? "");

/** Why the database failed, in a few words for the operator. */
export const reasonOf = (error: unknown): string => {
  const code = sqliteCode(error) ?? sqlState(error) ?? "";
  if (code.includes("FULL") || code === "53100") return "the disk is full";
  if (/BUSY|LOCKED/.test(code)) return "another program is using it";
  if (code.includes("READONLY") || code === "25006") return "it is read-only";
  if (error instanceof Error && "code" in error && code === "") return String(error.code);
  return code || (error instanceof Error ? error.message : String(error));
};

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
