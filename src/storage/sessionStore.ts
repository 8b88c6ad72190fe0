import type { Log } from "../kernel/log.ts";
import type { SessionStore } from "../ports/guild.ts";
import type { Session } from "../session/session.ts";
import { SESSION_FORMAT } from "../session/session.ts";
import type { Database } from "./database.ts";

/** A session as it was saved; earlier versions called its volume `loudnessDb`. */
const sessionIn = (json: string): Session => {
  const { loudnessDb: volumeDb, ...saved } = JSON.parse(json) as Session & { readonly loudnessDb?: number };
  return { ...(volumeDb !== undefined && { volumeDb }), ...saved };
};

export const createSessionStore = (db: Database, log: Log): SessionStore => ({
  async save(sessions, at) {
    await db.transaction().execute(async (change) => {
      for (const session of sessions) {
        const row = { saved_at: at, format: SESSION_FORMAT, session: JSON.stringify(session) };
        await change
          .insertInto("sessions")
          .values({ guild: session.guild, ...row })
          .onConflict((conflict) => conflict.column("guild").doUpdateSet(row))
          .execute();
      }
    });
  },

  async forget(guild) {
    await db.deleteFrom("sessions").where("guild", "=", guild).execute();
  },

  async all() {
    const rows = await db.selectFrom("sessions").selectAll().execute();
    return rows.flatMap((row) => {
      try {
        if (row.format !== SESSION_FORMAT) throw new Error(`Format ${row.format} is not known`);
        return [{ session: sessionIn(row.session), savedAt: row.saved_at }];
      } catch (error) {
        log.warn("A stored session cannot be read, and is left out", { guild: row.guild, error });
        return [];
      }
    });
  },
});
