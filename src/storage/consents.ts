import { CONSENTS, type Consents } from "../ports/listeners.ts";
import type { Database } from "./database.ts";
import { withWriteErrors } from "./outages.ts";

/** Consents in the database. */
export const createConsents = (db: Database): Consents => ({
  async of(guild, user) {
    const rows = await db
      .selectFrom("consents")
      .select("consent")
      .where("guild", "=", guild)
      .where("user", "=", user)
      .execute();
    return CONSENTS.filter((consent) => rows.some((row) => row.consent === consent));
  },

  set: (guild, user, consent, given) =>
    withWriteErrors(async () => {
      if (given)
        await db
          .insertInto("consents")
          .values({ guild, user, consent })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      else
        await db
          .deleteFrom("consents")
          .where("guild", "=", guild)
          .where("user", "=", user)
          .where("consent", "=", consent)
          .execute();
    }),

  async usersConsenting(guild, consent, users) {
    if (users.length === 0) return [];
    const rows = await db
      .selectFrom("consents")
      .select("user")
      .where("guild", "=", guild)
      .where("consent", "=", consent)
      .where("user", "in", users)
      .execute();
    const given = new Set(rows.map(({ user }) => user));
    return users.filter((user) => given.has(user));
  },
});
