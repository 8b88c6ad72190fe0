import type { Client } from "discord.js";
import { type GuildId, id } from "../kernel/ids.ts";

/**
 * Leaves the voice channels in which the bot is still seen from before a restart, where nothing is
 * to play any more.
 * @param leave queues a leave, within the gateway's send budget
 */
export const leaveStaleVoiceStates = (
  client: Client,
  shard: number,
  plays: (guild: GuildId) => boolean,
  leave: (guild: GuildId) => void,
): void => {
  for (const { id: guildId, shardId, voiceStates } of client.guilds.cache.values()) {
    if (shardId !== shard) continue;
    const guild = id<GuildId>(guildId);
    const channel = client.user ? voiceStates.cache.get(client.user.id)?.channelId : undefined;
    if (channel && !plays(guild)) leave(guild);
  }
};
