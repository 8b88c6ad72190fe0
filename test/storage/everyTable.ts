import { type Kysely, sql, type TableMetadata, type Transaction } from "kysely";
import type { Database } from "../../src/storage/database.ts";
import type { Schema } from "../../src/storage/schema.ts";

type Row = Readonly<Record<string, unknown>>;

/** What stays with its database: files, and who shares the shards. */
const NOT_CARRIED = new Set([
  "file_parts",
  "gateway",
  "shard_leases",
  "replicas",
  "identify_slots",
  "claimed_interactions",
]);

/** Tables of the schema as the database itself names them, those that others point to first. */
const tablesOf = async (db: Database): Promise<readonly TableMetadata[]> => {
  const tables = await (db as Kysely<unknown>).introspection.getTables();
  return tables
    .filter(({ name }) => !NOT_CARRIED.has(name))
    .toSorted((a, b) => Number(a.name === "occurrences") - Number(b.name === "occurrences"));
};

/** What a table may hold that another database could read otherwise. */
const TEXTS = ["plain", "ü 🌙 ねむる", "a\\b'c\"d\n\te", ""];
const NUMBERS = [0, 1, -1, 4_102_444_800_000];

/** Rows in every table, more of the first than are copied at once, with whatever a column may hold. */
export const fillTables = async (db: Database): Promise<void> => {
  const tables = await tablesOf(db);
  await db.transaction().execute((change) => fill(change, tables));
};

const fill = async (db: Transaction<Schema>, tables: readonly TableMetadata[]): Promise<void> => {
  for (const [index, { name, columns }] of tables.entries())
    for (let row = 0; row < (index === 0 ? 1_200 : 7); row++) {
      const values = columns.map((column): unknown => {
        if (name === "occurrences" && column.name === "schedule") return "0 id plain";
        const type = column.dataType.toLowerCase();
        // To SQLite, even a key may be null.
        if (column.isNullable && !/^(id|guild|user|session)$/.test(column.name) && row % 3 === 1) return null;
        if (type === "text") return `${row} ${column.name} ${TEXTS[row % TEXTS.length]}`;
        if (type === "real") return [0.1, -30.25, 1e-9, 5][row % 4];
        return (NUMBERS[row % NUMBERS.length] ?? 0) + (row % 2);
      });
      await sql`insert into ${sql.table(name)} values (${sql.join(values)})`.execute(db);
    }
};

/** Every row of every table, by its name, in an order that is the same in each database. */
export const rowsOfTables = async (db: Database): Promise<Readonly<Record<string, readonly Row[]>>> => {
  const all: Record<string, readonly Row[]> = {};
  for (const { name } of await tablesOf(db)) {
    const { rows } = await sql<Row>`select * from ${sql.table(name)}`.execute(db);
    all[name] = rows.toSorted((a, b) => (JSON.stringify(Object.values(a)) < JSON.stringify(Object.values(b)) ? -1 : 1));
  }
  return all;
};
