import type { ChannelId, GuildId, PlayerId } from "../kernel/ids.ts";
import { type PlayerRef, playerIdOf } from "../kernel/playerId.ts";
import type { ChannelAccess } from "../ports/channelAccess.ts";
import type { Helpers } from "../ports/helpers.ts";

/** What tells which bot may speak where. */
export interface FreeBotsOptions {
  /** Absent: the bot itself alone. */
  readonly helpers?: Helpers;
  /** Absent: every bot may speak everywhere. */
  readonly channelAccess?: Pick<ChannelAccess, "accessProblem">;
}

/**
 * The bot that speaks where a session begins: the bot itself, else the first helper that is free. One that may be heard
 * in the channel comes before one that may not, whose problem is then told.
 * @param busy bots that speak already, or are about to leave
 * @returns undefined where every bot of the guild is busy
 */
export const findFreeBot = (
  guild: GuildId,
  channel: ChannelId,
  busy: ReadonlySet<PlayerId>,
  { helpers, channelAccess }: FreeBotsOptions,
): PlayerRef | undefined => {
  const bots: readonly PlayerRef[] = [{ guild }, ...(helpers?.in(guild) ?? []).map((helper) => ({ guild, helper }))];
  const free = bots.filter((bot) => !busy.has(playerIdOf(bot)));
  const mayBeHeard = ({ helper }: PlayerRef) => channelAccess?.accessProblem(guild, channel, helper) === undefined;
  return free.length > 1 ? (free.find(mayBeHeard) ?? free[0]) : free[0];
};
