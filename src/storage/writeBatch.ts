import type { Transaction } from "kysely";
import { type Database, inTransaction } from "./database.ts";
import type { Schema } from "./schema.ts";

/** Runs a write in one transaction with others that are asked for at about the same time. */
export type WriteBatch = <Result>(write: (change: Transaction<Schema>) => Promise<Result>) => Promise<Result>;

/**
 * Creates a batch of writes: hundreds that are asked for at once take one commit instead of hundreds. Where one of them
 * fails, all of that commit do.
 */
export const createWriteBatch = (db: Database): WriteBatch => {
  interface Waiting {
    run(change: Transaction<Schema>): Promise<void>;
    settled(error?: unknown): void;
  }
  let waiting: Waiting[] = [];

  const commit = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
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
      if (waiting.length === 0) setImmediate(() => void commit());
      waiting.push({
        async run(change) {
          result = await write(change);
        },
        settled: (error) => (error === undefined ? resolve(result) : reject(error)),
      });
    });
};
