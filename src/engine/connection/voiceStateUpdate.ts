import type { GuildId } from "../../kernel/ids.ts";

/** The gateway payload (opcode 4, Update Voice State) that takes the bot out of the guild's voice channel. */
export const leavePayload = (guild: GuildId) => ({
  op: 4,
  d: { guild_id: guild, channel_id: null, self_deaf: true, self_mute: false },
});
