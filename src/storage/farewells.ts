import { sql } from "kysely";
import type { Farewells } from "../host/ports.ts";
import { type GuildId, id } from "../kernel/ids.ts";
import { type Database, saving } from "./database.ts";

/** Every table whose rows are a guild's; occurrences go with their schedules. */
const OF_GUILDS = [
  "favourites",
  "settings",
  "sessions",
  "schedules",
  "programmes",
  "consents",
  "tingles",
  "heard",
  "hints",
  "mornings",
  "guild_sounds",
] as const;

export const createFarewells = (db: Database): Farewells => ({
  async guilds() {
    const [first, ...rest] = OF_GUILDS.map((table) => db.selectFrom(table).select("guild"));
    const all = rest.reduce((union, next) => union.union(next), first!);
    return (await all.execute()).map(({ guild }) => id<GuildId>(guild));
  },

  left: (guild, at) =>
    saving(async () => {
      await db
        .insertInto("farewells")
        .values({ guild, left_at: at })
        .onConflict((conflict) => conflict.column("guild").doNothing())
        .execute();
    }),

  returned: (guild) =>
    saving(async () => {
      await db.deleteFrom("farewells").where("guild", "=", guild).execute();
    }),

  async leftBefore(moment) {
    const rows = await db.selectFrom("farewells").select("guild").where("left_at", "<", moment).execute();
    return rows.map(({ guild }) => id<GuildId>(guild));
  },

  forget: (guild) =>
    saving(() =>
      db.transaction().execute(async (change) => {
        // What everybody hears by the host's leave stays, and names nobody.
        await change
          .updateTable("guild_sounds")
          .set({ added_by: null })
          .where("guild", "=", guild)
          .where("shared", "=", 1)
          .execute();
        for (const table of OF_GUILDS)
          await change
            .deleteFrom(table)
            .where("guild", "=", guild)
            .$if(table === "guild_sounds", (query) => query.where(sql<boolean>`shared = 0`))
            .execute();
        await change.deleteFrom("farewells").where("guild", "=", guild).execute();
      }),
    ),
});
