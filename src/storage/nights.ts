import type { Log } from "../kernel/log.ts";
import type { Nights } from "../ports/listeners.ts";
import type { Database } from "./database.ts";
import { withWriteErrors } from "./outages.ts";
import { parseStoredNight } from "./storedNight.ts";

/** Nights in the database. */
export const createNights = (db: Database, log: Log): Nights => ({
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
    const rows = await db.selectFrom("mornings").selectAll().orderBy("due_at").execute();
    return rows.flatMap(({ session, morning }) => {
      try {
        return [parseStoredNight(morning)];
      } catch (error) {
        log.warn("A stored night cannot be read, and is left out", { session, error });
        return [];
      }
    });
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
});
