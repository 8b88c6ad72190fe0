import { type GuildId, id, type SoundId } from "../kernel/ids.ts";
import type { OptInStore } from "../ports/sounds.ts";
import { type Database, inTransaction } from "./database.ts";
import { withWriteErrors } from "./outages.ts";

/** Which sounds guilds have turned on, in the database. */
export const createOptInStore = (db: Database): OptInStore => ({
  async all() {
    const rows = await db.selectFrom("opt_in_sounds").selectAll().orderBy("guild").orderBy("sound").execute();
    const byGuild = Map.groupBy(rows, ({ guild }) => id<GuildId>(guild));
    return new Map([...byGuild].map(([guild, of]) => [guild, of.map(({ sound }) => id<SoundId>(sound))]));
  },

  set: (guild, sounds) =>
    withWriteErrors(() =>
      inTransaction(db, async (change) => {
        await change.deleteFrom("opt_in_sounds").where("guild", "=", guild).execute();
        const rows = [...new Set(sounds)].map((sound) => ({ guild, sound }));
        if (rows.length > 0) await change.insertInto("opt_in_sounds").values(rows).execute();
      }),
    ),
});
