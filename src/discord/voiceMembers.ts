import { type Client, type Guild, type GuildMember, PermissionFlagsBits } from "discord.js";
import type { GuildId, UserId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { VoiceMembers } from "../ports/guild.ts";

/** Finds the members who agreed to be disconnected when the timer ends. */
export type FindConsenting = (guild: GuildId, users: readonly UserId[]) => Promise<readonly UserId[]>;

/** Moves and disconnects members in voice channels, where the bot may and the member has agreed. */
export const createVoiceMembers = (client: Client, agreed: FindConsenting, log: Log): VoiceMembers => {
  const inVoice = (guild: Guild | undefined, user: UserId): GuildMember | undefined =>
    guild?.voiceStates.cache.get(user)?.member ?? undefined;

  const mayMove = (guild: Guild | undefined): boolean =>
    guild?.members.me?.permissions.has(PermissionFlagsBits.MoveMembers) === true;

  const move = async (member: GuildMember, channel: string | null) => {
    try {
      await member.voice.setChannel(channel);
    } catch (error) {
      log.warn("A member could not be moved", { guild: member.guild.id, error });
    }
  };

  return {
    async disconnect(id, user) {
      const guild = client.guilds.cache.get(id);
      const member = inVoice(guild, user);
      if (member !== undefined && mayMove(guild)) await move(member, null);
    },
    async moveAtTimerEnd(id, channel, listeners) {
      const guild = client.guilds.cache.get(id);
      if (guild === undefined || !mayMove(guild)) return;
      const away = guild.afkChannelId;
      const willing = new Set(await agreed(id, listeners));
      for (const user of listeners) {
        const member = inVoice(guild, user);
        if (member?.voice.channelId !== channel) continue;
        // Moving to the AFK channel disturbs nobody; only members who agreed are disconnected.
        if (willing.has(user)) await move(member, null);
        else if (away !== null && away !== channel) await move(member, away);
      }
    },
  };
};
