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
  /** Size of the file with its write-ahead log, in bytes. */
  bytes(): Promise<number>;
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

/** @param path of the database's file */
export const createDatabaseHealth = (db: Database, path: string, clock: Clock): DatabaseHealth => {
  let asked: { readonly at: Millis; readonly answer: Promise<boolean> } | undefined;

  const write = async (): Promise<boolean> => {
    try {
      // Lull does not use this number; SQLite writes the first page again, and waits for the disk.
      await sql`pragma user_version = 0`.execute(db);
      return true;
    } catch {
      return false;
    }
  };

  return {
    isWritable() {
      const now = clock.now();
      if (asked === undefined || Math.abs(now - asked.at) >= ANSWER_LASTS) asked = { at: now, answer: write() };
      return asked.answer;
    },
    bytes: async () => (await sizeOf(path)) + (await sizeOf(`${path}-wal`)),
  };
};
