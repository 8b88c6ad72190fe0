import { type Client, GatewayOpcodes } from "discord.js";
import { type GuildId, id } from "../kernel/ids.ts";

/** Leaves the voice channels in which the bot still sits from before it was cut off, where nothing is to play any more. */
export const leaveStaleVoiceStates = (client: Client, plays: (guild: GuildId) => boolean): void => {
  for (const guild of client.guilds.cache.values()) {
    const seat = client.user ? guild.voiceStates.cache.get(client.user.id)?.channelId : undefined;
    if (!seat || plays(id<GuildId>(guild.id))) continue;
    const standing = { guild_id: guild.id, channel_id: null, self_mute: false, self_deaf: false };
    guild.shard.send({ op: GatewayOpcodes.VoiceStateUpdate, d: standing });
  }
};
