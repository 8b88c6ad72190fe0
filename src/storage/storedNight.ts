import { z } from "zod";
import type { ChannelId, GuildId, MessageId, SessionId, UserId } from "../kernel/ids.ts";
import type { Night } from "../ports/listeners.ts";
import { parseStored, storedId } from "./stored.ts";

const StoredNight: z.ZodType<Night> = z.object({
  session: storedId<SessionId>(),
  guild: storedId<GuildId>(),
  channel: storedId<ChannelId>(),
  posted: z.object({ channel: storedId<ChannelId>(), message: storedId<MessageId>(), at: z.number() }),
  startedAt: z.number(),
  endedAt: z.number(),
  guests: z.array(storedId<UserId>()),
  dueAt: z.number(),
});

/**
 * A night as `mornings.morning` keeps it.
 * @throws SyntaxError or ZodError when this version cannot read it
 */
export const parseStoredNight = (json: string): Night => parseStored(StoredNight, json);
