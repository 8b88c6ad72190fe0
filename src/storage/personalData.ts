import type { Transaction } from "kysely";
import { z } from "zod";
import { parseMix } from "../catalogue/shareCode.ts";
import type { UserId } from "../kernel/ids.ts";
import type { Night, PersonalData, PersonalDataStore } from "../ports/listeners.ts";
import { avoidListOf } from "./avoidLists.ts";
import { type Database, inTransaction } from "./database.ts";
import { withWriteErrors } from "./outages.ts";
import type { Schema } from "./schema.ts";
import { parseStoredNight } from "./storedNight.ts";

/** In the place of a user who is not to be named any more. */
const NOBODY = "0";

/** A night, where this version can read it. */
const readable = (morning: string): readonly Night[] => {
  try {
    return [parseStoredNight(morning)];
  } catch {
    return [];
  }
};

const nightsWith = async (db: Database | Transaction<Schema>, user: UserId): Promise<readonly Night[]> => {
  const rows = await db.selectFrom("mornings").select("morning").execute();
  return rows.flatMap(({ morning }) => readable(morning)).filter(({ guests }) => guests.includes(user));
};

/** The anonymity sets of tonight that a user is in. */
const setsWith = async (db: Database | Transaction<Schema>, user: UserId) => {
  const rows = await db.selectFrom("anonymity_sets").select(["id", "guild", "night", "members"]).execute();
  return rows
    .map(({ members, ...row }) => ({ ...row, members: z.array(z.string()).parse(JSON.parse(members)) }))
    .filter(({ members }) => members.includes(user));
};

const moment = (at: number): string => new Date(at).toISOString();

/** All that is kept of a user, whichever table keeps it. */
export const createPersonalData = (db: Database): PersonalDataStore => ({
  async of(user): Promise<PersonalData> {
    const [avoid] = await db.selectFrom("avoid").selectAll().where("user", "=", user).execute();
    const consents = await db.selectFrom("consents").select(["guild", "consent"]).where("user", "=", user).execute();
    const favourites = await db
      .selectFrom("favourites")
      .select(["guild", "name", "added_at"])
      .where("added_by", "=", user)
      .unionAll(db.selectFrom("removed_favourites").select(["guild", "name", "added_at"]).where("added_by", "=", user))
      .execute();
    const own = await db
      .selectFrom("personal_favourites")
      .select(["name", "layers", "uses", "added_at"])
      .where("user", "=", user)
      .execute();
    const programmes = await db
      .selectFrom("programmes")
      .select(["guild", "title", "created_at"])
      .where("created_by", "=", user)
      .execute();
    const schedules = await db
      .selectFrom("schedules")
      .select(["guild", "programme", "created_at"])
      .where("created_by", "=", user)
      .execute();
    const wakeUps = await db.selectFrom("wake_ups").select(["guild", "at"]).where("created_by", "=", user).execute();
    const sounds = await db
      .selectFrom("guild_sounds")
      .select(["guild", "title", "added_at"])
      .where("added_by", "=", user)
      .execute();
    const nights = await nightsWith(db, user);
    const sets = await setsWith(db, user);
    return {
      user,
      avoid: avoid ? avoidListOf(avoid) : null,
      consents,
      favouritesAdded: favourites.map(({ added_at, ...row }) => ({ ...row, at: moment(added_at) })),
      ownFavourites: own.map(({ added_at, layers, ...row }) => ({
        ...row,
        sounds: parseMix(JSON.parse(layers)),
        at: moment(added_at),
      })),
      soundsAdded: sounds.map(({ added_at, ...row }) => ({ ...row, at: moment(added_at) })),
      programmesSaved: programmes.map(({ created_at, ...row }) => ({ ...row, at: moment(created_at) })),
      eveningsPlanned: schedules.map(({ created_at, ...row }) => ({ ...row, at: moment(created_at) })),
      wakeUpsSet: wakeUps.map(({ guild, at }) => ({ guild, at: moment(at) })),
      listCountsTonight: sets.map(({ guild, night }) => ({ guild, night })),
      nightsToTellOf: nights.map(({ guild, dueAt }) => ({ guild, until: moment(dueAt) })),
    };
  },

  erase: (user) =>
    withWriteErrors(() =>
      inTransaction(db, async (change) => {
        await change.deleteFrom("avoid").where("user", "=", user).execute();
        await change.deleteFrom("consents").where("user", "=", user).execute();
        await change.deleteFrom("wake_ups").where("created_by", "=", user).execute();
        await change.deleteFrom("personal_favourites").where("user", "=", user).execute();
        for (const table of ["favourites", "removed_favourites"] as const)
          await change.updateTable(table).set({ added_by: NOBODY }).where("added_by", "=", user).execute();
        await change.updateTable("guild_sounds").set({ added_by: null }).where("added_by", "=", user).execute();
        for (const table of ["programmes", "schedules"] as const)
          await change.updateTable(table).set({ created_by: NOBODY }).where("created_by", "=", user).execute();
        for (const { id, members } of await setsWith(change, user)) {
          const others = JSON.stringify(members.map((one) => (one === user ? NOBODY : one)));
          await change.updateTable("anonymity_sets").set({ members: others }).where("id", "=", id).execute();
        }
        for (const night of await nightsWith(change, user)) {
          const morning = JSON.stringify({
            ...night,
            guests: night.guests.map((one) => (one === user ? NOBODY : one)),
          });
          await change.updateTable("mornings").set({ morning }).where("session", "=", night.session).execute();
        }
        // What this version cannot read cannot be told of in the morning either, and may name the user.
        for (const { session, morning } of await change.selectFrom("mornings").select(["session", "morning"]).execute())
          if (readable(morning).length === 0)
            await change.deleteFrom("mornings").where("session", "=", session).execute();
      }),
    ),
});
