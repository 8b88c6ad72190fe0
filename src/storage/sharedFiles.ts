import { open, rename, rm } from "node:fs/promises";
import type { Transaction } from "kysely";
import type { SharedFiles } from "../ports/sharedFiles.ts";
import { type Database, inTransaction } from "./database.ts";
import { withWriteErrors } from "./outages.ts";
import type { Schema } from "./schema.ts";

/** A statement that carries as much is done long before it is given up, over a slow network too. */
const PART_BYTES = 256 * 2 ** 10;

/** Sends a file part by part. */
const send = async (change: Transaction<Schema>, name: string, path: string): Promise<void> => {
  const file = await open(path, "r");
  try {
    for (let part = 0; ; part++) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(PART_BYTES), 0, PART_BYTES, part * PART_BYTES);
      if (bytesRead === 0 && part > 0) return;
      const bytes = buffer.subarray(0, bytesRead);
      await change.insertInto("file_parts").values({ name, part, bytes }).execute();
      if (bytesRead < PART_BYTES) return;
    }
  } finally {
    await file.close();
  }
};

/** Files in the database, in parts. */
export const createSharedFiles = (db: Database): SharedFiles => {
  const partOf = (from: Database | Transaction<Schema>, name: string, part: number) =>
    from.selectFrom("file_parts").select("bytes").where("name", "=", name).where("part", "=", part).executeTakeFirst();

  return {
    put: (name, path) =>
      withWriteErrors(() =>
        inTransaction(db, async (change) => {
          if ((await partOf(change, name, 0)) === undefined) await send(change, name, path);
        }),
      ),

    async fetch(name, path) {
      const first = await partOf(db, name, 0);
      if (first === undefined) return false;
      const beside = `${path}.part`;
      try {
        const file = await open(beside, "w", 0o600);
        try {
          let part: { readonly bytes: Buffer } | undefined = first;
          for (let number = 1; part !== undefined; number++) {
            await file.write(part.bytes);
            part = part.bytes.length < PART_BYTES ? undefined : await partOf(db, name, number);
          }
        } finally {
          await file.close();
        }
        await rename(beside, path);
        return true;
      } finally {
        await rm(beside, { force: true });
      }
    },

    remove: (name) =>
      withWriteErrors(async () => {
        await db.deleteFrom("file_parts").where("name", "=", name).execute();
      }),

    async names(start) {
      const rows = await db
        .selectFrom("file_parts")
        .select("name")
        .where("part", "=", 0)
        .where("name", ">=", start)
        .orderBy("name")
        .execute();
      return rows.map(({ name }) => name).filter((name) => name.startsWith(start));
    },
  };
};
