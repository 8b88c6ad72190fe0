import { createHash } from "node:crypto";
import { sql, type Transaction } from "kysely";
import { UserError } from "../kernel/errors.ts";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

/** What is of one database alone: files are in the data folder too, and the replicas of one know nothing of another. */
type NotCarried = "file_parts" | "gateway" | "shard_leases" | "replicas" | "identify_slots" | "claimed_interactions";

/** Each table with the columns that tell its rows apart, those that others point to first. */
const KEYS: { readonly [Table in Exclude<keyof Schema, NotCarried>]: readonly (keyof Schema[Table] & string)[] } = {
  favourites: ["id"],
  removed_favourites: ["id"],
  personal_favourites: ["id"],
  settings: ["guild"],
  sessions: ["guild", "helper"],
  schedules: ["id"],
  occurrences: ["schedule", "date"],
  wake_ups: ["id"],
  programmes: ["id"],
  avoid: ["user"],
  anonymity_sets: ["id"],
  consents: ["guild", "user", "consent"],
  tingles: ["guild", "sound", "minute"],
  heard: ["guild", "evening", "sound"],
  hints: ["guild", "trigger"],
  rests: ["guild", "trigger"],
  mornings: ["session"],
  guild_sounds: ["id"],
  opt_in_sounds: ["guild", "sound"],
  farewells: ["guild"],
};

/** Rows read at once; each of their values is a parameter, of which SQLite takes 32,766. */
const PAGE = 500;

/** A table as both databases have it. */
export interface CarriedTable {
  readonly name: string;
  readonly rows: number;
  /** SHA-256 of all rows in the order of their keys, in hexadecimal. */
  readonly checksum: string;
}

type Row = Readonly<Record<string, unknown>>;
type Reader = Transaction<Schema>;

/** Every row of a table in the order of its keys, page by page. */
async function* pagesOf(db: Reader, name: string, keys: readonly string[]): AsyncGenerator<readonly Row[]> {
  const columns = sql.join(keys.map((key) => sql.ref(key)));
  let last: Row | undefined;
  for (;;) {
    const after = last && sql` where (${columns}) > (${sql.join(keys.map((key) => last?.[key]))})`;
    const query = sql<Row>`select * from ${sql.table(name)}${after ?? sql``} order by ${columns} limit ${sql.lit(PAGE)}`;
    const { rows } = await query.execute(db);
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) return;
    last = rows.at(-1);
  }
}

/** Counts and sums up rows, whichever database and order of columns they come from. */
const createChecksum = () => {
  const digest = createHash("sha256");
  let rows = 0;
  return {
    add(row: Row): void {
      digest.update(JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))));
      rows++;
    },
    of: (name: string): CarriedTable => ({ name, rows, checksum: digest.digest("hex") }),
  };
};

const checkTable = async (db: Reader, name: string, keys: readonly string[]): Promise<CarriedTable> => {
  const checksum = createChecksum();
  for await (const page of pagesOf(db, name, keys)) for (const row of page) checksum.add(row);
  return checksum.of(name);
};

const carryTable = async (from: Reader, to: Reader, name: string, keys: readonly string[]): Promise<CarriedTable> => {
  const checksum = createChecksum();
  for await (const page of pagesOf(from, name, keys)) {
    for (const row of page) checksum.add(row);
    const columns = Object.keys(page[0] ?? {});
    const values = page.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`);
    const into = sql.join(columns.map((column) => sql.ref(column)));
    await sql`insert into ${sql.table(name)} (${into}) values ${sql.join(values)}`.execute(to);
  }
  const read = checksum.of(name);
  const written = await checkTable(to, name, keys);
  if (read.rows !== written.rows || read.checksum !== written.checksum)
    throw new UserError(
      "not-carried",
      `The table ${name} did not arrive as it was (${read.rows} rows read, ${written.rows} written). Nothing has been changed.`,
    );
  return written;
};

/** @throws UserError that names a table which has rows already */
const requireEmpty = async (db: Reader): Promise<void> => {
  for (const name of Object.keys(KEYS)) {
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(db);
    if (rows.length > 0)
      throw new UserError(
        "data-exist",
        `The database is not empty: there are rows in ${name}. Name an empty one. Nothing has been changed.`,
      );
  }
};

/**
 * Copies every row of every table from one database into another of either kind, both at the latest migration. What is
 * read is of one moment; what is written is read again and compared, and is there whole or not at all.
 * @throws UserError when the other database is not empty, or a table did not arrive as it was
 */
export const carryOver = (from: Database, to: Database): Promise<readonly CarriedTable[]> =>
  from
    .transaction()
    // What is read is of one moment, and nobody who writes meanwhile is held up or turned away.
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute((source) =>
      to
        .transaction()
        .setIsolationLevel("serializable")
        .execute(async (target) => {
          await requireEmpty(target);
          const carried: CarriedTable[] = [];
          for (const [name, keys] of Object.entries(KEYS)) carried.push(await carryTable(source, target, name, keys));
          return carried;
        }),
    );
