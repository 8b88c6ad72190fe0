import { stat } from "node:fs/promises";
import { sql } from "kysely";
import type { Clock } from "../kernel/clock.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { Database } from "./database.ts";

/** An answer holds for this long: however often it is asked for, the disk is written this often. */
const ANSWER_LASTS: Millis = seconds(2);

/** Says how the database is, for the operator's monitoring. */
export interface DatabaseHealth {
  /** Writes to the database. @returns whether the disk took it */
  isWritable(): Promise<boolean>;
  /** Size of the file with its write-ahead log, or of the database on its server, in bytes; 0 where it does not say. */
  bytes(): Promise<number>;
}

/** How the two kinds of database are asked. */
interface Probe {
  /** @throws the database's error when it cannot be written */
  write(): Promise<unknown>;
  bytes(): Promise<number>;
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

const fileProbe = (db: Database, path: string): Probe => ({
  // Lull does not use this number; SQLite writes the first page again, and waits for the disk.
  write: () => sql`pragma user_version = 0`.execute(db),
  bytes: async () => (await sizeOf(path)) + (await sizeOf(`${path}-wal`)),
});

const serverProbe = (db: Database): Probe => ({
  // A message to nobody, which goes through the server's write-ahead log to its disk and changes no table.
  write: () => sql`select pg_logical_emit_message(true, 'lull', '')`.execute(db),
  async bytes() {
    const { rows } = await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(db);
    return rows[0]?.bytes ?? 0;
  },
});

/** @param path of the database's file; undefined: it is on a PostgreSQL server */
export const createDatabaseHealth = (db: Database, path: string | undefined, clock: Clock): DatabaseHealth => {
  const probe = path === undefined ? serverProbe(db) : fileProbe(db, path);
  let asked: { readonly at: Millis; readonly answer: Promise<boolean> } | undefined;

  const write = (): Promise<boolean> =>
    probe.write().then(
      () => true,
      () => false,
    );

  return {
    isWritable() {
      const now = clock.now();
      if (asked === undefined || Math.abs(now - asked.at) >= ANSWER_LASTS) asked = { at: now, answer: write() };
      return asked.answer;
    },
    bytes: () => probe.bytes().catch(() => 0),
  };
};
