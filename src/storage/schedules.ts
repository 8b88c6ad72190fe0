import type { Selectable } from "kysely";
import { type Message, message, plain } from "../i18n/message.ts";
import { StoredMessage } from "../i18n/storedMessage.ts";
import { UserError } from "../kernel/errors.ts";
import { type ChannelId, type GuildId, id, type ScheduleId, type UserId } from "../kernel/ids.ts";
import { OCCURRENCE_STATUSES, type Occurrence, type Schedule, type Schedules, WEEKDAYS } from "../ports/programmes.ts";
import { type Database, inTransaction } from "./database.ts";
import { withWriteErrors } from "./outages.ts";
import type { Schema } from "./schema.ts";
import { parseStored } from "./stored.ts";
import { createWriteBatch } from "./writeBatch.ts";

/** Schedules per guild. */
const MAX_SCHEDULES = 50;

const full = () => new UserError("schedules-full", message("evening.scheduleLimitReached", { max: MAX_SCHEDULES }));

const fromRow = (row: Selectable<Schema["schedules"]>): Schedule => ({
  id: id<ScheduleId>(row.id),
  guild: id<GuildId>(row.guild),
  programme: row.programme,
  days: WEEKDAYS.filter((day) => row.days.includes(String(day))),
  time: row.time,
  zone: row.zone,
  channel: id<ChannelId>(row.channel),
  panel: id<ChannelId>(row.panel),
  by: id<UserId>(row.created_by),
  createdAt: row.created_at,
  ...(row.event !== null && { event: row.event }),
  ...(row.wake !== null && { wake: row.wake }),
});

/** Rows of before have their notes in English, as they are. */
const noteOf = (stored: string): Message => {
  try {
    return parseStored(StoredMessage, stored);
  } catch {
    return plain(stored);
  }
};

const occurrence = (row: Selectable<Schema["occurrences"]>): Occurrence => ({
  schedule: id<ScheduleId>(row.schedule),
  date: row.date,
  // A status of another version is one that was dealt with.
  status: OCCURRENCE_STATUSES.find((status) => status === row.fate) ?? "skipped",
  at: row.at,
  ...(row.note !== null && { note: noteOf(row.note) }),
});

/** Schedules and their occurrences in the database. */
export const createSchedules = (db: Database): Schedules => {
  /** Many evenings begin in the same minute. */
  const batched = createWriteBatch(db);
  return {
    add: (schedule) =>
      withWriteErrors(() =>
        inTransaction(db, async (change) => {
          const there = await change.selectFrom("schedules").select("id").where("guild", "=", schedule.guild).execute();
          if (there.length >= MAX_SCHEDULES) throw full();
          const { by, createdAt, days, event = null, wake = null, ...rest } = schedule;
          await change
            .insertInto("schedules")
            .values({ ...rest, event, wake, days: days.join(""), created_by: by, created_at: createdAt })
            .execute();
        }),
      ),

    async of(guild) {
      const rows = await db
        .selectFrom("schedules")
        .selectAll()
        .where("guild", "=", guild)
        .orderBy("created_at")
        .orderBy("id")
        .execute();
      return rows.map(fromRow);
    },

    async all() {
      const rows = await db.selectFrom("schedules").selectAll().orderBy("created_at").orderBy("id").execute();
      return rows.map(fromRow);
    },

    async find(schedule) {
      const row = await db.selectFrom("schedules").selectAll().where("id", "=", schedule).executeTakeFirst();
      return row && fromRow(row);
    },

    remove: (guild, schedule) =>
      withWriteErrors(async () => {
        await db.deleteFrom("schedules").where("guild", "=", guild).where("id", "=", schedule).execute();
      }),

    setEvent: (schedule, event) =>
      withWriteErrors(() =>
        batched(async (change) => {
          await change
            .updateTable("schedules")
            .set({ event: event ?? null })
            .where("id", "=", schedule)
            .execute();
        }),
      ),

    claim: ({ schedule, date, status, at, note }, turn) =>
      withWriteErrors(() =>
        batched(async (change) => {
          const row = { fate: status, at, note: note ? JSON.stringify(note) : null, turn: turn ?? null };
          const { numInsertedOrUpdatedRows } = await change
            .insertInto("occurrences")
            .values({ schedule, date, ...row })
            .onConflict((conflict) =>
              turn === undefined
                ? conflict.doNothing()
                : conflict
                    .columns(["schedule", "date"])
                    .doUpdateSet(row)
                    .where("occurrences.fate", "=", "claimed")
                    .where(({ eb, fn, val }) => eb(fn.coalesce("occurrences.turn", val(0)), "<", turn)),
            )
            .executeTakeFirstOrThrow();
          return numInsertedOrUpdatedRows === 1n;
        }),
      ),

    settle: ({ schedule, date, status, at, note }, turn) =>
      withWriteErrors(() =>
        batched(async (change) => {
          const { numUpdatedRows } = await change
            .updateTable("occurrences")
            .set({ fate: status, at, note: note ? JSON.stringify(note) : null })
            .where("schedule", "=", schedule)
            .where("date", "=", date)
            .$if(turn !== undefined, (query) => query.where("turn", "=", turn ?? null))
            .executeTakeFirstOrThrow();
          return numUpdatedRows === 1n;
        }),
      ),

    async lastSettled() {
      const rows = await db
        .selectFrom("occurrences")
        .select(({ fn }) => ["schedule", fn.max("date").as("date")])
        .where("fate", "<>", "claimed")
        .groupBy("schedule")
        .execute();
      return new Map(rows.map((row) => [id<ScheduleId>(row.schedule), row.date]));
    },

    async occurrences(schedule, limit) {
      const rows = await db
        .selectFrom("occurrences")
        .selectAll()
        .where("schedule", "=", schedule)
        .orderBy("date", "desc")
        .limit(limit)
        .execute();
      return rows.map(occurrence);
    },
  };
};
