import type { Selectable } from "kysely";
import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import { type ChannelId, type GuildId, id, type UserId, type WakeUpId } from "../kernel/ids.ts";
import type { WakeUp, WakeUpStore } from "../ports/wakeUps.ts";
import type { PlayRequest } from "../session/session.ts";
import { type Database, inTransaction } from "./database.ts";
import { withWriteErrors } from "./outages.ts";
import type { Schema } from "./schema.ts";
import { parseStored } from "./stored.ts";
import { StoredRequest } from "./storedRequest.ts";

/** Wake-ups per guild. */
const MAX_WAKE_UPS = 50;

const full = () => new UserError("wake-ups-full", message("wake.limitReached", { max: MAX_WAKE_UPS }));

/** A wake-up is worth more than its sound: without one that can be read, it has a gentle one. */
const requestOf = (stored: string | null): PlayRequest | undefined => {
  try {
    return stored === null ? undefined : parseStored(StoredRequest, stored);
  } catch {
    return undefined;
  }
};

const fromRow = (row: Selectable<Schema["wake_ups"]>): WakeUp => {
  const request = requestOf(row.request);
  return {
    id: id<WakeUpId>(row.id),
    guild: id<GuildId>(row.guild),
    by: id<UserId>(row.created_by),
    scope: row.scope === "me" ? "me" : "channel",
    at: row.at,
    rise: row.rise_ms,
    channel: id<ChannelId>(row.channel),
    panel: id<ChannelId>(row.panel),
    ...(request && { request }),
  };
};

/** Wake-ups in the database. */
export const createWakeUpStore = (db: Database): WakeUpStore => ({
  async all() {
    return (await db.selectFrom("wake_ups").selectAll().orderBy("at").orderBy("id").execute()).map(fromRow);
  },

  async of(guild) {
    const rows = await db
      .selectFrom("wake_ups")
      .selectAll()
      .where("guild", "=", guild)
      .orderBy("at")
      .orderBy("id")
      .execute();
    return rows.map(fromRow);
  },

  async find(wakeUp) {
    const row = await db.selectFrom("wake_ups").selectAll().where("id", "=", wakeUp).executeTakeFirst();
    return row && fromRow(row);
  },

  add: ({ by, rise, request, ...wakeUp }) =>
    withWriteErrors(() =>
      inTransaction(db, async (change) => {
        if (wakeUp.scope === "me")
          await change
            .deleteFrom("wake_ups")
            .where("guild", "=", wakeUp.guild)
            .where("scope", "=", "me")
            .where("created_by", "=", by)
            .where("id", "<>", wakeUp.id)
            .execute();
        const there = await change.selectFrom("wake_ups").select("id").where("guild", "=", wakeUp.guild).execute();
        if (there.length >= MAX_WAKE_UPS) throw full();
        await change
          .insertInto("wake_ups")
          .values({ ...wakeUp, created_by: by, rise_ms: rise, request: request ? JSON.stringify(request) : null })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }),
    ),

  remove: (wakeUp) =>
    withWriteErrors(async () => {
      await db.deleteFrom("wake_ups").where("id", "=", wakeUp).execute();
    }),
});
