import { sql } from "kysely";
import { type GuildId, id } from "../kernel/ids.ts";
import type { GuildRetentionStore } from "../ports/guild.ts";
import { type Database, inTransaction } from "./database.ts";
import { withWriteErrors } from "./outages.ts";

/** Every table whose rows are a guild's; occurrences go with their schedules. */
const GUILD_TABLES = [
  "favourites",
  "removed_favourites",
  "settings",
  "sessions",
  "schedules",
  "wake_ups",
  "programmes",
  "consents",
  "tingles",
  "heard",
  "hints",
  "rests",
  "mornings",
  "anonymity_sets",
  "guild_sounds",
  "opt_in_sounds",
] as const;

/** Guilds that have removed the bot, and the deletion of their rows. */
export const createGuildRetentionStore = (db: Database): GuildRetentionStore => ({
  async guildsWithData() {
    const [first, ...rest] = GUILD_TABLES.map((table) => db.selectFrom(table).select("guild"));
    const all = rest.reduce((union, next) => union.union(next), first!);
    return (await all.execute()).map(({ guild }) => id<GuildId>(guild));
  },

  markLeft: (guild, at) =>
    withWriteErrors(async () => {
      await db
        .insertInto("farewells")
        .values({ guild, left_at: at })
        .onConflict((conflict) => conflict.column("guild").doNothing())
        .execute();
    }),

  markReturned: (guild) =>
    withWriteErrors(async () => {
      await db.deleteFrom("farewells").where("guild", "=", guild).execute();
    }),

  async departures() {
    const rows = await db.selectFrom("farewells").select(["guild", "left_at"]).execute();
    return new Map(rows.map(({ guild, left_at }) => [id<GuildId>(guild), left_at]));
  },

  deleteGuild: (guild) =>
    withWriteErrors(() =>
      inTransaction(db, async (change) => {
        // Sounds that the operator has shared with everyone stay, without a name.
        await change
          .updateTable("guild_sounds")
          .set({ added_by: null })
          .where("guild", "=", guild)
          .where("shared", "=", 1)
          .execute();
        for (const table of GUILD_TABLES)
          await change
            .deleteFrom(table)
            .where("guild", "=", guild)
            .$if(table === "guild_sounds", (query) => query.where(sql<boolean>`shared = 0`))
            .execute();
        // What members had whispered, where it is kept for other machines too.
        await change
          .deleteFrom("file_parts")
          .where("name", ">=", `whispers/${guild}/`)
          .where("name", "<", `whispers/${guild}0`)
          .execute();
        await change.deleteFrom("farewells").where("guild", "=", guild).execute();
      }),
    ),
});
