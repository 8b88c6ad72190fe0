import { id, type SoundId } from "../kernel/ids.ts";
import type { Tingles } from "../ports/listeners.ts";
import type { Database } from "./database.ts";
import { withWriteErrors } from "./outages.ts";

/** Tingles in the database. */
export const createTingles = (db: Database): Tingles => ({
  add: (guild, sound, minute) =>
    withWriteErrors(async () => {
      await db
        .insertInto("tingles")
        .values({ guild, sound, minute, count: 1 })
        .onConflict((conflict) =>
          conflict
            .columns(["guild", "sound", "minute"])
            .doUpdateSet((row) => ({ count: row("tingles.count", "+", 1) })),
        )
        .execute();
    }),

  async of(guild) {
    const rows = await db
      .selectFrom("tingles")
      .select(["sound", "minute", "count"])
      .where("guild", "=", guild)
      .orderBy("sound")
      .orderBy("minute")
      .execute();
    return rows.map(({ sound, ...row }) => ({ ...row, sound: id<SoundId>(sound) }));
  },
});
