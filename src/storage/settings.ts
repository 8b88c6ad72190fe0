import { DEFAULT_SETTINGS } from "../host/defaults.ts";
import type { GuildSettings, Settings } from "../host/ports.ts";
import type { GuildId } from "../kernel/ids.ts";
import { type Database, saving } from "./database.ts";

export const createSettings = (db: Database): Settings => {
  const of = async (guild: GuildId): Promise<GuildSettings> => {
    const row = await db.selectFrom("settings").selectAll().where("guild", "=", guild).executeTakeFirst();
    return {
      ceilingDb: row?.ceiling_db ?? DEFAULT_SETTINGS.ceilingDb,
      loudnessDb: row?.loudness_db ?? DEFAULT_SETTINGS.loudnessDb,
      fade: row?.fade_ms ?? DEFAULT_SETTINGS.fade,
    };
  };

  return {
    of,
    change: (guild, { ceilingDb, loudnessDb, fade }) =>
      saving(async () => {
        const change = {
          ...(ceilingDb !== undefined && { ceiling_db: ceilingDb }),
          ...(loudnessDb !== undefined && { loudness_db: loudnessDb }),
          ...(fade !== undefined && { fade_ms: Math.round(fade) }),
        };
        await db
          .insertInto("settings")
          .values({ guild, ceiling_db: null, loudness_db: null, fade_ms: null, ...change })
          .onConflict((conflict) =>
            Object.keys(change).length === 0
              ? conflict.column("guild").doNothing()
              : conflict.column("guild").doUpdateSet(change),
          )
          .execute();
        return of(guild);
      }),
  };
};
