import { z } from "zod";
import { type ChannelId, type GuildId, id, type UserId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { AnonymitySets } from "../ports/listeners.ts";
import type { Database } from "./database.ts";
import { withWriteErrors } from "./outages.ts";

const Ids = z.array(z.string());

/** Keeps the anonymity sets of the current night, one row per set. */
export const createAnonymitySets = (db: Database, log: Log): AnonymitySets => ({
  async of(night) {
    const rows = await db.selectFrom("anonymity_sets").selectAll().where("night", "=", night).orderBy("id").execute();
    return rows.flatMap((row) => {
      try {
        const members = Ids.parse(JSON.parse(row.members)).map((user) => id<UserId>(user));
        const channels = Ids.parse(JSON.parse(row.channels)).map((channel) => id<ChannelId>(channel));
        return [{ id: row.id, guild: id<GuildId>(row.guild), members, channels }];
      } catch (error) {
        log.warn("A stored anonymity set cannot be read, and is left out", { guild: row.guild, error });
        return [];
      }
    });
  },

  save: (night, set) =>
    withWriteErrors(async () => {
      const channels = JSON.stringify(set.channels);
      await db
        .insertInto("anonymity_sets")
        .values({ id: set.id, night, guild: set.guild, members: JSON.stringify(set.members), channels })
        // A member who has deleted their data since is not written back.
        .onConflict((conflict) => conflict.column("id").doUpdateSet({ channels }))
        .execute();
    }),

  keepOnly: (night) =>
    withWriteErrors(async () => {
      await db.deleteFrom("anonymity_sets").where("night", "<>", night).execute();
    }),
});
