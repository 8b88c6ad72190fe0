import type { Heard } from "../host/carePorts.ts";
import { id, type SoundId } from "../kernel/ids.ts";
import { type Database, saving } from "./database.ts";

const KEPT_DAYS = 90;

const daysBefore = (evening: string, days: number): string =>
  new Date(Date.parse(`${evening}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);

export const createHeard = (db: Database): Heard => ({
  add: (guild, { sound, evening, minutes }) =>
    saving(() =>
      db.transaction().execute(async (change) => {
        await change
          .insertInto("heard")
          .values({ guild, sound, evening, minutes })
          .onConflict((conflict) =>
            conflict
              .columns(["guild", "evening", "sound"])
              .doUpdateSet((row) => ({ minutes: row("heard.minutes", "+", minutes) })),
          )
          .execute();
        await change
          .deleteFrom("heard")
          .where("guild", "=", guild)
          .where("evening", "<", daysBefore(evening, KEPT_DAYS))
          .execute();
      }),
    ),

  async of(guild) {
    const rows = await db
      .selectFrom("heard")
      .select(["sound", "evening", "minutes"])
      .where("guild", "=", guild)
      .orderBy("evening")
      .execute();
    return rows.map(({ sound, ...row }) => ({ ...row, sound: id<SoundId>(sound) }));
  },

  tellOnce: (guild, trigger, evening, since) =>
    saving(async () => {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("hints")
        .values({ guild, trigger, evening })
        .onConflict((conflict) =>
          conflict.columns(["guild", "trigger"]).doUpdateSet({ evening }).where("hints.evening", "<", since),
        )
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    }),
});
