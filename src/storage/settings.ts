import type { Insertable, Selectable } from "kysely";
import { z } from "zod";
import { languageNamed } from "../i18n/languages.ts";
import { type ChannelId, type GuildId, id, type RoleId } from "../kernel/ids.ts";
import { DEFAULT_SETTINGS } from "../ports/defaultSettings.ts";
import type { GuildSettings, Settings, SettingsChange } from "../ports/guild.ts";
import { TIMER_END_ACTIONS, type TimerEndAction } from "../session/rules.ts";
import type { Database } from "./database.ts";
import { withWriteErrors } from "./outages.ts";
import { parseQuietChannel } from "./quietChannels.ts";
import type { Schema } from "./schema.ts";
import { parseStored } from "./stored.ts";

type Row = Selectable<Schema["settings"]>;
type Columns = Omit<Insertable<Schema["settings"]>, "guild">;

const Quiet = z.object({
  from: z.number(),
  to: z.number(),
  timeZone: z.string(),
  timer: z.number(),
  softerBy: z.number(),
});

const quietOf = (json: string | null | undefined) => {
  if (json === null || json === undefined) return undefined;
  try {
    return parseStored(Quiet, json);
  } catch {
    // The guild can choose again; what it cannot do without is an answer.
    return undefined;
  }
};

const timerEndOf = (text: string | null | undefined): TimerEndAction | undefined =>
  TIMER_END_ACTIONS.find((one) => one === text);

const fromRow = (row: Row | undefined): GuildSettings => {
  const quiet = quietOf(row?.quiet);
  const quietChannel = parseQuietChannel(row?.quiet_channel);
  const language = languageNamed(row?.language);
  return {
    ceilingDb: row?.ceiling_db ?? DEFAULT_SETTINGS.ceilingDb,
    volumeDb: row?.loudness_db ?? DEFAULT_SETTINGS.volumeDb,
    fade: row?.fade_ms ?? DEFAULT_SETTINGS.fade,
    grace: row?.grace_ms ?? DEFAULT_SETTINGS.grace,
    eyesClosed: row?.eyes_closed == null ? DEFAULT_SETTINGS.eyesClosed : row.eyes_closed === 1,
    timerEnd: timerEndOf(row?.timer_end) ?? DEFAULT_SETTINGS.timerEnd,
    duckingDb: row?.ducking_db ?? DEFAULT_SETTINGS.duckingDb,
    votes: row?.votes == null ? DEFAULT_SETTINGS.votes : row.votes === 1,
    ...(quiet && { quiet }),
    ...(quietChannel && { quietChannel }),
    ...(language && { language }),
    ...(row?.host_role && { hostRole: id<RoleId>(row.host_role) }),
    ...(row?.default_channel && { defaultChannel: id<ChannelId>(row.default_channel) }),
  };
};

const flag = (value: boolean | null): number | null => (value === null ? null : Number(value));

/** Only what is to change. */
const columnsOf = (change: SettingsChange): Partial<Columns> => ({
  ...(change.ceilingDb !== undefined && { ceiling_db: change.ceilingDb }),
  ...(change.volumeDb !== undefined && { loudness_db: change.volumeDb }),
  ...(change.fade !== undefined && { fade_ms: change.fade === null ? null : Math.round(change.fade) }),
  ...(change.grace !== undefined && { grace_ms: change.grace }),
  ...(change.eyesClosed !== undefined && { eyes_closed: flag(change.eyesClosed) }),
  ...(change.timerEnd !== undefined && { timer_end: change.timerEnd }),
  ...(change.duckingDb !== undefined && { ducking_db: change.duckingDb }),
  ...(change.votes !== undefined && { votes: flag(change.votes) }),
  ...(change.quiet !== undefined && { quiet: change.quiet === null ? null : JSON.stringify(change.quiet) }),
  ...(change.quietChannel !== undefined && {
    quiet_channel: change.quietChannel === null ? null : JSON.stringify(change.quietChannel),
  }),
  ...(change.hostRole !== undefined && { host_role: change.hostRole }),
  ...(change.defaultChannel !== undefined && { default_channel: change.defaultChannel }),
  ...(change.language !== undefined && { language: change.language }),
});

/** Guild settings in the database. */
export const createSettings = (db: Database): Settings => {
  const of = async (guild: GuildId): Promise<GuildSettings> =>
    fromRow(await db.selectFrom("settings").selectAll().where("guild", "=", guild).executeTakeFirst());

  return {
    of,
    change: (guild, change) =>
      withWriteErrors(async () => {
        const columns = columnsOf(change);
        await db
          .insertInto("settings")
          .values({ guild, ...columns } as Insertable<Schema["settings"]>)
          .onConflict((conflict) =>
            Object.keys(columns).length === 0
              ? conflict.column("guild").doNothing()
              : conflict.column("guild").doUpdateSet(columns),
          )
          .execute();
        return of(guild);
      }),
  };
};
