import { type Kysely, PostgresAdapter, sql } from "kysely";

/** The channel of PostgreSQL's on which changes are told. */
export const CHANGES = "lull_changes";

/** What processes keep in memory: rows of a guild's, or of a user's. */
const TABLES = ["schedules", "wake_ups", "favourites", "guild_sounds", "personal_favourites"];

/** On PostgreSQL, has each change of these tables told to those who listen; with SQLite there is one process, which knows. */
export const addChangeTriggers = async (db: Kysely<unknown>): Promise<void> => {
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) return;
  await sql`
    create function lull_tell_change() returns trigger language plpgsql as $$
    declare
      changed jsonb;
    begin
      if tg_op = 'DELETE' then changed := to_jsonb(old); else changed := to_jsonb(new); end if;
      perform pg_notify('${sql.raw(CHANGES)}', json_build_object(
        'table', tg_table_name, 'guild', changed->>'guild', 'user', changed->>'user')::text);
      return null;
    end $$`.execute(db);
  for (const table of TABLES) await tellChangesOf(db, table);
};

/** The same of a table that came later. */
export const tellChangesOf = async (db: Kysely<unknown>, table: string): Promise<void> => {
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) return;
  await sql`create trigger lull_change after insert or update or delete on ${sql.table(table)}
    for each row execute function lull_tell_change()`.execute(db);
};
