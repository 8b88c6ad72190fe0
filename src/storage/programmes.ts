import { v7 as uuid } from "uuid";
import { message, named } from "../i18n/message.ts";
import { cleanName } from "../kernel/cleanName.ts";
import type { Clock } from "../kernel/clock.ts";
import { UserError } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import { type MemberText, rawText } from "../kernel/memberText.ts";
import { foldName } from "../kernel/names.ts";
import type { ProgrammeStore } from "../ports/programmes.ts";
import { type Database, inTransaction } from "./database.ts";
import { withWriteErrors } from "./outages.ts";
import { parseStoredProgramme } from "./storedProgramme.ts";

/** Programmes per guild. */
const MAX_PROGRAMMES = 50;

const unknown = (name: MemberText) =>
  new UserError("no-such-programme", message("evening.noSuchProgramme", { name: named(name) }));
const full = () => new UserError("programmes-full", message("evening.programmeLimitReached", { max: MAX_PROGRAMMES }));

/** Guilds' own programmes in the database. */
export const createProgrammeStore = (db: Database, clock: Clock, log: Log): ProgrammeStore => ({
  async of(guild) {
    const rows = await db.selectFrom("programmes").selectAll().where("guild", "=", guild).orderBy("folded").execute();
    return rows.flatMap((row) => {
      try {
        return [parseStoredProgramme(row.programme, row.id)];
      } catch (error) {
        log.warn("A stored programme cannot be read, and is left out", { guild, programme: row.id, error });
        return [];
      }
    });
  },

  save: (guild, programme, by) =>
    withWriteErrors(() =>
      inTransaction(db, async (change) => {
        const title = cleanName(rawText(programme.title));
        const folded = foldName(title);
        const rows = await change
          .selectFrom("programmes")
          .select(["id", "folded"])
          .where("guild", "=", guild)
          .execute();
        const before = rows.find((row) => row.folded === folded);
        if (before === undefined && rows.length >= MAX_PROGRAMMES) throw full();
        const id = before?.id ?? uuid();
        const row = { title, folded, programme: JSON.stringify({ ...programme, title }), created_by: by };
        await change
          .insertInto("programmes")
          .values({ ...row, id, guild, created_at: clock.now() })
          .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
          .execute();
        return { ...programme, title, id };
      }),
    ),

  remove: (guild, name) =>
    withWriteErrors(async () => {
      const row = await db
        .deleteFrom("programmes")
        .where("guild", "=", guild)
        .where("folded", "=", foldName(cleanName(name)))
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) throw unknown(cleanName(name));
      return parseStoredProgramme(row.programme, row.id);
    }),
});
