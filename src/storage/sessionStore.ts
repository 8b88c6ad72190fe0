import { setImmediate as nextTurn } from "node:timers/promises";
import type { Transaction } from "kysely";
import type { Log } from "../kernel/log.ts";
import type { Fence, SessionChange, SessionStore } from "../ports/guild.ts";
import { SESSION_FORMAT } from "../session/session.ts";
import { type Database, inTransaction } from "./database.ts";
import type { Schema } from "./schema.ts";
import { parseStoredSession } from "./storedSession.ts";

/** Sessions per commit: SQLite keeps the thread for as long as they take, some milliseconds. */
const MAX_WRITES = 50;

/** Says which changes may be written. Nobody takes a shard until the transaction has ended. */
const currentFences = async (
  change: Transaction<Schema>,
  part: readonly SessionChange[],
): Promise<(fence: Fence | undefined) => boolean> => {
  const shards = new Set(part.flatMap(({ fence }) => fence?.shard ?? []));
  if (shards.size === 0) return () => true;
  const rows = await change
    .selectFrom("shard_leases")
    .select(["shard", "token"])
    .where("shard", "in", [...shards])
    .forShare()
    .execute();
  const newest = new Map(rows.map(({ shard, token }) => [shard, token]));
  return (fence) => fence === undefined || newest.get(fence.shard) === fence.token;
};

/** Creates the store of running sessions, one row for each bot in a guild. */
export const createSessionStore = (db: Database, log: Log): SessionStore => ({
  async write(changes, at) {
    for (let from = 0; from < changes.length; from += MAX_WRITES) {
      if (from > 0) await nextTurn();
      const part = changes.slice(from, from + MAX_WRITES);
      await inTransaction(db, async (change) => {
        const isCurrent = await currentFences(change, part);
        for (const { bot, session, fence } of part) {
          const { guild, helper = "" } = bot;
          if (!isCurrent(fence)) {
            log.warn("A session is another replica's by now, and is not saved here", { guild });
            continue;
          }
          if (session === undefined) {
            await change.deleteFrom("sessions").where("guild", "=", guild).where("helper", "=", helper).execute();
            continue;
          }
          // Nobody is told who asked for it to be softer or louder.
          const stored = JSON.stringify({ ...session, volumeStep: undefined });
          const row = { saved_at: at, format: SESSION_FORMAT, session: stored };
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
