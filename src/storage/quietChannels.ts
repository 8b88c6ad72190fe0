import { z } from "zod";
import { type ChannelId, type GuildId, id } from "../kernel/ids.ts";
import type { QuietChannel, QuietChannelStore } from "../ports/guild.ts";
import type { Database } from "./database.ts";
import { withWriteErrors } from "./outages.ts";
import { parseStored, storedId } from "./stored.ts";
import { StoredRequest } from "./storedRequest.ts";

const StoredQuietChannel: z.ZodType<QuietChannel> = z.object({
  channel: storedId<ChannelId>(),
  hours: z.object({ from: z.number(), to: z.number(), timeZone: z.string() }).exactOptional(),
  stay: z.boolean(),
  plays: z.union([z.object({ programme: z.string() }), z.object({ request: StoredRequest })]),
});

/** A guild's quiet channel as `settings.quiet_channel` keeps it; undefined where it cannot be read: it can be chosen again. */
export const parseQuietChannel = (json: string | null | undefined): QuietChannel | undefined => {
  if (json === null || json === undefined) return undefined;
  try {
    return parseStored(StoredQuietChannel, json);
  } catch {
    return undefined;
  }
};

/** Quiet channels in the database. */
export const createQuietChannelStore = (db: Database): QuietChannelStore => ({
  async all() {
    const rows = await db
      .selectFrom("settings")
      .select(["guild", "quiet_channel", "quiet_channel_heard_in"])
      .where("quiet_channel", "is not", null)
      .execute();
    return rows.flatMap(({ guild, quiet_channel, quiet_channel_heard_in: heardIn }) => {
      const rule = parseQuietChannel(quiet_channel);
      if (rule === undefined) return [];
      return [{ guild: id<GuildId>(guild), rule, ...(heardIn !== null && { heardIn: id<ChannelId>(heardIn) }) }];
    });
  },

  setHeardIn: (guild, channel) =>
    withWriteErrors(async () => {
      await db
        .updateTable("settings")
        .set({ quiet_channel_heard_in: channel ?? null })
        .where("guild", "=", guild)
        .execute();
    }),
});
