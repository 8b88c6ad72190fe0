import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";
import { addChangeTriggers, tellChangesOf } from "./changeTriggers.ts";

/** Never changed once released: a change of the schema is another migration, in the order of the names. */
export const migrations: Readonly<Record<string, Migration>> = {
  "0001_favourites_settings_sessions": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("favourites")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("guild", "text", (column) => column.notNull())
        .addColumn("name", "text", (column) => column.notNull())
        .addColumn("folded", "text", (column) => column.notNull())
        .addColumn("sound", "text", (column) => column.notNull())
        .addColumn("added_by", "text", (column) => column.notNull())
        .addColumn("added_at", "integer", (column) => column.notNull())
        .addColumn("position", "integer", (column) => column.notNull())
        .addUniqueConstraint("favourites_name", ["guild", "folded"])
        .execute();
      await db.schema.createIndex("favourites_order").on("favourites").columns(["guild", "position"]).execute();
      await db.schema
        .createTable("settings")
        .addColumn("guild", "text", (column) => column.primaryKey())
        .addColumn("ceiling_db", "real")
        .addColumn("loudness_db", "real")
        .addColumn("fade_ms", "integer")
        .execute();
      await db.schema
        .createTable("sessions")
        .addColumn("guild", "text", (column) => column.primaryKey())
        .addColumn("saved_at", "integer", (column) => column.notNull())
        .addColumn("format", "integer", (column) => column.notNull())
        .addColumn("session", "text", (column) => column.notNull())
        .execute();
    },
  },
  "0002_mixes_and_house_rules": {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable("favourites").addColumn("layers", "text").execute();
      await db.schema
        .alterTable("favourites")
        .addColumn("uses", "integer", (column) => column.notNull().defaultTo(0))
        .execute();
      for (const name of ["timer_end", "quiet", "host_role", "default_channel"] as const)
        await db.schema.alterTable("settings").addColumn(name, "text").execute();
      for (const name of ["eyes_closed", "votes"] as const)
        await db.schema.alterTable("settings").addColumn(name, "integer").execute();
      await db.schema.alterTable("settings").addColumn("ducking_db", "real").execute();
    },
  },
  "0003_schedules": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("schedules")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("guild", "text", (column) => column.notNull())
        .addColumn("programme", "text", (column) => column.notNull())
        .addColumn("days", "text", (column) => column.notNull())
        .addColumn("time", "text", (column) => column.notNull())
        .addColumn("zone", "text", (column) => column.notNull())
        .addColumn("channel", "text", (column) => column.notNull())
        .addColumn("panel", "text", (column) => column.notNull())
        .addColumn("created_by", "text", (column) => column.notNull())
        .addColumn("created_at", "integer", (column) => column.notNull())
        .addColumn("event", "text")
        .execute();
      await db.schema.createIndex("schedules_guild").on("schedules").column("guild").execute();
      await db.schema
        .createTable("occurrences")
        .addColumn("schedule", "text", (column) => column.notNull().references("schedules.id").onDelete("cascade"))
        .addColumn("date", "text", (column) => column.notNull())
        .addColumn("fate", "text", (column) => column.notNull())
        .addColumn("at", "integer", (column) => column.notNull())
        .addColumn("note", "text")
        .addPrimaryKeyConstraint("occurrences_once", ["schedule", "date"])
        .execute();
      await db.schema
        .createTable("programmes")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("guild", "text", (column) => column.notNull())
        .addColumn("title", "text", (column) => column.notNull())
        .addColumn("folded", "text", (column) => column.notNull())
        .addColumn("programme", "text", (column) => column.notNull())
        .addColumn("created_by", "text", (column) => column.notNull())
        .addColumn("created_at", "integer", (column) => column.notNull())
        .addUniqueConstraint("programmes_title", ["guild", "folded"])
        .execute();
    },
  },
  "0004_care": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("avoid")
        .addColumn("user", "text", (column) => column.primaryKey())
        .addColumn("triggers", "text", (column) => column.notNull())
        .addColumn("risks", "text", (column) => column.notNull())
        .addColumn("mode", "text", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("consents")
        .addColumn("guild", "text", (column) => column.notNull())
        .addColumn("user", "text", (column) => column.notNull())
        .addColumn("consent", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("consents_once", ["guild", "user", "consent"])
        .execute();
      await db.schema.createIndex("consents_user").on("consents").column("user").execute();
      await db.schema
        .createTable("tingles")
        .addColumn("guild", "text", (column) => column.notNull())
        .addColumn("sound", "text", (column) => column.notNull())
        .addColumn("minute", "integer", (column) => column.notNull())
        .addColumn("count", "integer", (column) => column.notNull())
        .addPrimaryKeyConstraint("tingles_place", ["guild", "sound", "minute"])
        .execute();
      await db.schema
        .createTable("heard")
        .addColumn("guild", "text", (column) => column.notNull())
        .addColumn("sound", "text", (column) => column.notNull())
        .addColumn("evening", "text", (column) => column.notNull())
        .addColumn("minutes", "real", (column) => column.notNull())
        .addPrimaryKeyConstraint("heard_evening", ["guild", "evening", "sound"])
        .execute();
      await db.schema
        .createTable("hints")
        .addColumn("guild", "text", (column) => column.notNull())
        .addColumn("trigger", "text", (column) => column.notNull())
        .addColumn("evening", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("hints_trigger", ["guild", "trigger"])
        .execute();
      await db.schema
        .createTable("mornings")
        .addColumn("session", "text", (column) => column.primaryKey())
        .addColumn("guild", "text", (column) => column.notNull())
        .addColumn("due_at", "integer", (column) => column.notNull())
        .addColumn("morning", "text", (column) => column.notNull())
        .execute();
    },
  },
  "0005_guild_sounds": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("guild_sounds")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("guild", "text", (column) => column.notNull())
        .addColumn("title", "text", (column) => column.notNull())
        .addColumn("trigger", "text", (column) => column.notNull())
        .addColumn("risks", "text", (column) => column.notNull())
        .addColumn("licence", "text", (column) => column.notNull())
        .addColumn("origin", "text", (column) => column.notNull())
        .addColumn("added_by", "text")
        .addColumn("added_at", "integer", (column) => column.notNull())
        .addColumn("hash", "text", (column) => column.notNull())
        .addColumn("bytes", "integer", (column) => column.notNull())
        .addColumn("length", "integer", (column) => column.notNull())
        .addColumn("shared", "integer", (column) => column.notNull())
        .addColumn("removed_at", "integer")
        .execute();
      await db.schema.createIndex("guild_sounds_guild").on("guild_sounds").column("guild").execute();
      await db.schema.createIndex("guild_sounds_hash").on("guild_sounds").column("hash").execute();
    },
  },
  "0006_farewells": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("farewells")
        .addColumn("guild", "text", (column) => column.primaryKey())
        .addColumn("left_at", "integer", (column) => column.notNull())
        .execute();
    },
  },
  "0007_language": {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable("settings").addColumn("language", "text").execute();
    },
  },
  "0008_anonymity_sets": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("anonymity_sets")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("night", "text", (column) => column.notNull())
        .addColumn("guild", "text", (column) => column.notNull())
        .addColumn("members", "text", (column) => column.notNull())
        .addColumn("channels", "text", (column) => column.notNull())
        .execute();
    },
  },
  "0009_removed_favourites": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("removed_favourites")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("guild", "text", (column) => column.notNull())
        .addColumn("name", "text", (column) => column.notNull())
        .addColumn("folded", "text", (column) => column.notNull())
        .addColumn("sound", "text", (column) => column.notNull())
        .addColumn("layers", "text")
        .addColumn("uses", "integer", (column) => column.notNull())
        .addColumn("added_by", "text", (column) => column.notNull())
        .addColumn("added_at", "integer", (column) => column.notNull())
        .addColumn("removed_at", "integer", (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex("removed_favourites_guild")
        .on("removed_favourites")
        .columns(["guild", "removed_at"])
        .execute();
    },
  },
  "0010_personal_favourites": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("personal_favourites")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("user", "text", (column) => column.notNull())
        .addColumn("name", "text", (column) => column.notNull())
        .addColumn("folded", "text", (column) => column.notNull())
        .addColumn("layers", "text", (column) => column.notNull())
        .addColumn("uses", "integer", (column) => column.notNull())
        .addColumn("added_at", "integer", (column) => column.notNull())
        .addUniqueConstraint("personal_favourites_name", ["user", "folded"])
        .execute();
    },
  },
  "0011_rests": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("rests")
        .addColumn("guild", "text", (column) => column.notNull())
        .addColumn("trigger", "text", (column) => column.notNull())
        .addColumn("until", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("rests_key", ["guild", "trigger"])
        .execute();
    },
  },
  "0012_grace": {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable("settings").addColumn("grace_ms", "integer").execute();
    },
  },
  "0013_wake_ups": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("wake_ups")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("guild", "text", (column) => column.notNull())
        .addColumn("created_by", "text", (column) => column.notNull())
        .addColumn("scope", "text", (column) => column.notNull())
        .addColumn("at", "integer", (column) => column.notNull())
        .addColumn("rise_ms", "integer", (column) => column.notNull())
        .addColumn("channel", "text", (column) => column.notNull())
        .addColumn("panel", "text", (column) => column.notNull())
        .addColumn("request", "text")
        .execute();
      await db.schema.createIndex("wake_ups_guild").on("wake_ups").column("guild").execute();
      await db.schema.alterTable("schedules").addColumn("wake", "text").execute();
    },
  },
  "0014_file_parts": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("file_parts")
        .addColumn("name", "text", (column) => column.notNull())
        .addColumn("part", "integer", (column) => column.notNull())
        .addColumn("bytes", "blob", (column) => column.notNull())
        .addPrimaryKeyConstraint("file_parts_once", ["name", "part"])
        .execute();
    },
  },
  "0015_quiet_channel": {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable("settings").addColumn("quiet_channel", "text").execute();
      await db.schema.alterTable("settings").addColumn("quiet_channel_heard_in", "text").execute();
    },
  },
  "0016_replicas": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("gateway")
        .addColumn("id", "integer", (column) => column.primaryKey())
        .addColumn("shards", "integer", (column) => column.notNull())
        .addColumn("token", "integer", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("shard_leases")
        .addColumn("shard", "integer", (column) => column.primaryKey())
        .addColumn("owner", "text")
        .addColumn("token", "integer", (column) => column.notNull())
        .addColumn("expires_at", "integer", (column) => column.notNull())
        .addColumn("successor", "text")
        .addColumn("successor_ready", "integer", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("replicas")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("seen_at", "integer", (column) => column.notNull())
        .addColumn("draining", "integer", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("identify_slots")
        .addColumn("bucket", "integer", (column) => column.primaryKey())
        .addColumn("free_at", "integer", (column) => column.notNull())
        .execute();
    },
  },
  "0017_session_helpers": {
    async up(db: Kysely<unknown>) {
      // SQLite can't change the primary key of a table that is there.
      await db.schema
        .createTable("sessions_by_bot")
        .addColumn("guild", "text", (column) => column.notNull())
        .addColumn("helper", "text", (column) => column.notNull())
        .addColumn("saved_at", "integer", (column) => column.notNull())
        .addColumn("format", "integer", (column) => column.notNull())
        .addColumn("session", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("sessions_bot", ["guild", "helper"])
        .execute();
      await sql`insert into sessions_by_bot select guild, '', saved_at, format, session from sessions`.execute(db);
      await db.schema.dropTable("sessions").execute();
      await db.schema.alterTable("sessions_by_bot").renameTo("sessions").execute();
    },
  },
  "0018_occurrence_turns": {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable("occurrences").addColumn("turn", "integer").execute();
    },
  },
  "0019_change_triggers": {
    up: addChangeTriggers,
  },
  "0020_claimed_interactions": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("claimed_interactions")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("at", "integer", (column) => column.notNull())
        .execute();
    },
  },
  "0021_opt_in_sounds": {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("opt_in_sounds")
        .addColumn("guild", "text", (column) => column.notNull())
        .addColumn("sound", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("opt_in_sounds_key", ["guild", "sound"])
        .execute();
      await tellChangesOf(db, "opt_in_sounds");
    },
  },
};
