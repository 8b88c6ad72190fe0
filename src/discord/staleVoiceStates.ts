import { type Client, GatewayOpcodes } from "discord.js";
import { type GuildId, id } from "../kernel/ids.ts";

/**
 * Leaves voice channels the bot is still in from before it was cut off, if nothing is to play
 * there.
 */
export const leaveStaleVoiceStates = (client: Client, plays: (guild: GuildId) => boolean): void => {
  for (const guild of client.guilds.cache.values()) {
    const seat = client.user ? guild.voiceStates.cache.get(client.user.id)?.channelId : undefined;
    if (!seat || plays(id<GuildId>(guild.id))) continue;
    const standing = { guild_id: guild.id, channel_id: null, self_mute: false, self_deaf: false };
    guild.shard.send({ op: GatewayOpcodes.VoiceStateUpdate, d: standing });
  }
};
