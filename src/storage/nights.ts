import type { Selectable } from "kysely";
import type { Log } from "../kernel/log.ts";
import type { Night, Nights } from "../ports/listeners.ts";
import type { Database } from "./database.ts";
import { withWriteErrors } from "./outages.ts";
import type { Schema } from "./schema.ts";
import { parseStoredNight } from "./storedNight.ts";

/** Nights in the database. */
export const createNights = (db: Database, log: Log): Nights => {
  const nightsOf = ({ session, morning }: Selectable<Schema["mornings"]>): readonly Night[] => {
    try {
      return [parseStoredNight(morning)];
    } catch (error) {
      log.warn("A stored night cannot be read, and is left out", { session, error });
      return [];
    }
  };
  return {
    add: (night) =>
      withWriteErrors(async () => {
        const row = { guild: night.guild, due_at: night.dueAt, morning: JSON.stringify(night) };
        await db
          .insertInto("mornings")
          .values({ session: night.session, ...row })
          .onConflict((conflict) => conflict.column("session").doUpdateSet(row))
          .execute();
      }),

    async all() {
      const rows = await db.selectFrom("mornings").selectAll().orderBy("due_at").orderBy("session").execute();
      return rows.flatMap(nightsOf);
    },

    async find(session) {
      const rows = await db.selectFrom("mornings").selectAll().where("session", "=", session).execute();
      return rows.flatMap(nightsOf)[0];
    },

    take: ({ guild, session }) =>
      withWriteErrors(async () => {
        const { numDeletedRows } = await db
          .deleteFrom("mornings")
          .where("guild", "=", guild)
          .where("session", "=", session)
          .executeTakeFirstOrThrow();
        return numDeletedRows === 1n;
      }),
  };
};
