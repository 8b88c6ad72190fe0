import { ChannelType, type Client, PermissionFlagsBits } from "discord.js";
import { type ChannelId, id, type UserId } from "../kernel/ids.ts";
import type { ChannelAccess } from "../ports/channelAccess.ts";
import type { VoiceChannels } from "../ports/guild.ts";
import { createDiagnose } from "./doctor.ts";

/** Who sits where, and where the bot may go, from the voice states and roles that the gateway has told. */
export const createVoiceChannels = (client: Client): VoiceChannels & ChannelAccess => {
  const statesOf = (guild: string) => client.guilds.cache.get(guild)?.voiceStates.cache;

  return {
    channelOf(guild, user) {
      const channel = statesOf(guild)?.get(user)?.channelId;
      return channel ? id<ChannelId>(channel) : undefined;
    },

    listeners(guild, channel) {
      const here = statesOf(guild)?.filter(
        // A member of whom the gateway has told nothing yet is a person: bots are known by their marks.
        (state) => state.channelId === channel && state.id !== client.user?.id && !state.member?.user.bot,
      );
      return here ? [...here.keys()].map((user) => id<UserId>(user)) : [];
    },

    diagnose: createDiagnose(client),

    canMoveMembers: (guild) =>
      client.guilds.cache.get(guild)?.members.me?.permissions.has(PermissionFlagsBits.MoveMembers) === true,

    accessProblem(guildId, channelId) {
      const guild = client.guilds.cache.get(guildId);
      const channel = guild?.channels.cache.get(channelId);
      const me = guild?.members.me;
      if (!guild || !me) return undefined;
      if (!channel?.isVoiceBased()) return "no-view";
      const allowed = channel.permissionsFor(me);
      if (!allowed.has(PermissionFlagsBits.ViewChannel)) return "no-view";
      if (!allowed.has(PermissionFlagsBits.Connect)) return "no-connect";
      const states = guild.voiceStates.cache;
      const taken = states.filter((state) => state.channelId === channelId).size;
      const isFull = channel.userLimit > 0 && taken >= channel.userLimit && states.get(me.id)?.channelId !== channelId;
      if (isFull && !allowed.has(PermissionFlagsBits.MoveMembers)) return "full";
      // On a stage the right to speak is asked for after joining.
      if (channel.type === ChannelType.GuildVoice && !allowed.has(PermissionFlagsBits.Speak)) return "no-speak";
      return undefined;
    },
  };
};
