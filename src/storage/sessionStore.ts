import { setImmediate as nextTurn } from "node:timers/promises";
import type { Log } from "../kernel/log.ts";
import type { SessionStore } from "../ports/guild.ts";
import { SESSION_FORMAT } from "../session/session.ts";
import { type Database, inTransaction } from "./database.ts";
import { parseStoredSession } from "./storedSession.ts";

/** Sessions per commit: SQLite keeps the thread for as long as they take, some milliseconds. */
const MAX_WRITES = 50;

/** Creates the store of running sessions, one row for each bot in a guild. */
export const createSessionStore = (db: Database, log: Log): SessionStore => ({
  async write(changes, at) {
    for (let from = 0; from < changes.length; from += MAX_WRITES) {
      if (from > 0) await nextTurn();
      await inTransaction(db, async (change) => {
        for (const { bot, session } of changes.slice(from, from + MAX_WRITES)) {
          const { guild, helper = "" } = bot;
          if (session === undefined) {
            await change.deleteFrom("sessions").where("guild", "=", guild).where("helper", "=", helper).execute();
            continue;
          }
          const row = { saved_at: at, format: SESSION_FORMAT, session: JSON.stringify(session) };
          await change
            .insertInto("sessions")
            .values({ guild, helper, ...row })
            .onConflict((conflict) => conflict.columns(["guild", "helper"]).doUpdateSet(row))
            .execute();
        }
      });
    }
  },

  async all() {
    const rows = await db.selectFrom("sessions").selectAll().execute();
    return rows.flatMap((row) => {
      try {
        if (row.format !== SESSION_FORMAT) throw new Error(`Format ${row.format} is not known`);
        return [{ session: parseStoredSession(row.session), savedAt: row.saved_at }];
      } catch (error) {
        log.warn("A stored session cannot be read and is left out", { guild: row.guild, error });
        return [];
      }
    });
  },
});
