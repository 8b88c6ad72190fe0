import type { Selectable } from "kysely";
import { z } from "zod";
import { RISKS, TRIGGERS } from "../catalogue/sound.ts";
import { AVOID_MODES, type AvoidList, type AvoidLists } from "../ports/listeners.ts";
import type { Database } from "./database.ts";
import { withWriteErrors } from "./outages.ts";
import type { Schema } from "./schema.ts";

const Words = <Word extends string>(known: readonly Word[]) =>
  z.array(z.string()).transform((words) => known.filter((word) => words.includes(word)));
const Triggers = Words(TRIGGERS);
const Risks = Words(RISKS);
const Mode = z.enum(AVOID_MODES).catch("skip");

/** What a later version no longer knows is left out. */
export const avoidListOf = (row: Omit<Selectable<Schema["avoid"]>, "user">): AvoidList => ({
  triggers: Triggers.parse(JSON.parse(row.triggers)),
  risks: Risks.parse(JSON.parse(row.risks)),
  mode: Mode.parse(row.mode),
});

/** Avoid lists in the database. */
export const createAvoidLists = (db: Database): AvoidLists => ({
  async of(user) {
    const row = await db.selectFrom("avoid").selectAll().where("user", "=", user).executeTakeFirst();
    return row && avoidListOf(row);
  },

  async ofUsers(users) {
    if (users.length === 0) return [];
    const rows = await db
      .selectFrom("avoid")
      .select(["triggers", "risks", "mode"])
      .where("user", "in", users)
      .orderBy("triggers")
      .orderBy("risks")
      .orderBy("mode")
      .execute();
    return rows.map(avoidListOf);
  },

  set: (user, { triggers, risks, mode }) =>
    withWriteErrors(async () => {
      const row = { triggers: JSON.stringify(triggers), risks: JSON.stringify(risks), mode };
      await db
        .insertInto("avoid")
        .values({ user, ...row })
        .onConflict((conflict) => conflict.column("user").doUpdateSet(row))
        .execute();
    }),

  forget: (user) =>
    withWriteErrors(async () => {
      await db.deleteFrom("avoid").where("user", "=", user).execute();
    }),
});
