import { TRIGGERS } from "../catalogue/sound.ts";
import { daysBefore } from "../kernel/dates.ts";
import { id, type SoundId } from "../kernel/ids.ts";
import type { ListeningHistory } from "../ports/listeners.ts";
import { type Database, inTransaction } from "./database.ts";
import { withWriteErrors } from "./outages.ts";
import { createWriteBatch } from "./writeBatch.ts";

const KEPT_DAYS = 90;

/** Listening history in the database. */
export const createListeningHistory = (db: Database): ListeningHistory => {
  /** Sessions that began in the same minute say what they have heard in the same minute. */
  const batched = createWriteBatch(db);
  return {
    add: (guild, { sound, date, minutes }) =>
      withWriteErrors(() =>
        batched(async (change) => {
          await change
            .insertInto("heard")
            .values({ guild, sound, evening: date, minutes })
            .onConflict((conflict) =>
              conflict
                .columns(["guild", "evening", "sound"])
                .doUpdateSet((row) => ({ minutes: row("heard.minutes", "+", minutes) })),
            )
            .execute();
          await change
            .deleteFrom("heard")
            .where("guild", "=", guild)
            .where("evening", "<", daysBefore(date, KEPT_DAYS))
            .execute();
        }),
      ),

    async of(guild) {
      const rows = await db
        .selectFrom("heard")
        .select(["sound", "evening as date", "minutes"])
        .where("guild", "=", guild)
        .orderBy("evening")
        .orderBy("sound")
        .execute();
      return rows.map(({ sound, ...row }) => ({ ...row, sound: id<SoundId>(sound) }));
    },

    claimHint: (guild, trigger, evening, since) =>
      withWriteErrors(async () => {
        const { numInsertedOrUpdatedRows } = await db
          .insertInto("hints")
          .values({ guild, trigger, evening })
          .onConflict((conflict) =>
            conflict.columns(["guild", "trigger"]).doUpdateSet({ evening }).where("hints.evening", "<", since),
          )
          .executeTakeFirstOrThrow();
        return numInsertedOrUpdatedRows === 1n;
      }),

    async rests(guild, date) {
      const rows = await db
        .selectFrom("rests")
        .select(["trigger", "until"])
        .where("guild", "=", guild)
        .where("until", ">", date)
        .orderBy("trigger")
        .execute();
      return rows.flatMap(({ trigger, until }) => {
        const known = TRIGGERS.find((one) => one === trigger);
        return known === undefined ? [] : [{ trigger: known, until }];
      });
    },

    setRest: (guild, trigger, until) =>
      withWriteErrors(() =>
        inTransaction(db, async (change) => {
          await change.deleteFrom("rests").where("guild", "=", guild).where("trigger", "=", trigger).execute();
          if (until !== undefined) await change.insertInto("rests").values({ guild, trigger, until }).execute();
        }),
      ),
  };
};
