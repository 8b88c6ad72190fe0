import type { Transaction } from "kysely";
import { type Database, inTransaction } from "./database.ts";
import type { Schema } from "./schema.ts";

/** Runs a write in one transaction with others that are asked for at about the same time. */
export type WriteBatch = <Result>(write: (change: Transaction<Schema>) => Promise<Result>) => Promise<Result>;

/** Writes per commit: SQLite keeps the thread for as long as they take, some milliseconds. */
const MAX_WRITES = 20;

/**
 * Creates a batch of writes: hundreds that are asked for at once take a few commits instead of hundreds, and between two
 * of them the thread does other work. Where one write fails, all of its commit do.
 */
export const createWriteBatch = (db: Database): WriteBatch => {
  interface Waiting {
    run(change: Transaction<Schema>): Promise<void>;
    settled(error?: unknown): void;
  }
  const waiting: Waiting[] = [];
  const commitSoon = () => void setImmediate(() => void commit());

  const commit = async (): Promise<void> => {
    const batch = waiting.splice(0, MAX_WRITES);
    if (waiting.length > 0) commitSoon();
    try {
      await inTransaction(db, async (change) => {
        for (const { run } of batch) await run(change);
      });
      for (const { settled } of batch) settled();
    } catch (error) {
      for (const { settled } of batch) settled(error);
    }
  };

  return <Result>(write: (change: Transaction<Schema>) => Promise<Result>) =>
    new Promise<Result>((resolve, reject) => {
      let result: Result;
      if (waiting.length === 0) commitSoon();
      waiting.push({
        async run(change) {
          result = await write(change);
        },
        settled: (error) => (error === undefined ? resolve(result) : reject(error)),
      });
    });
};
