import { PermissionFlagsBits } from "discord-api-types/v10";
import type { Member } from "../api.ts";
import type { GuildContext } from "../rest/guildContext.ts";
import type { GuildMember, VoiceState } from "../state/guild.ts";
import { findChannel } from "./lookup.ts";

type Voice = Pick<Member, "setSelfMute" | "setSelfDeaf" | "sendVoiceEffect" | "listener"> & {
  /** @throws Error where the channel is full, or no voice channel */
  join(channel: string): void;
  leave(): void;
};

/** What a member does in voice channels. */
export const createMemberVoice = (
  { guild, gateway, voiceStates }: Pick<GuildContext, "guild" | "gateway" | "voiceStates">,
  member: GuildMember,
): Voice => {
  const current = (): VoiceState => {
    const state = guild.voiceStates.get(member.id);
    if (state === undefined) throw new Error(`${member.name} is in no voice channel.`);
    return state;
  };
  const setFlags = (flags: Partial<VoiceState>) => voiceStates.set(member.id, current().channelId, flags);

  return {
    join(name) {
      const channel = findChannel(guild, name);
      if (channel.type === 0) throw new Error(`"${name}" is no voice channel.`);
      const others = [...guild.voiceStates].filter(
        ([user, state]) => user !== member.id && state.channelId === channel.id,
      );
      const mayMove = (guild.permissionsOf(member) & PermissionFlagsBits.MoveMembers) !== 0n;
      if (channel.userLimit > 0 && others.length >= channel.userLimit && !mayMove) {
        throw new Error(`"${name}" is full.`);
      }
      voiceStates.set(member.id, channel.id);
    },
    leave: () => voiceStates.set(member.id, undefined),
    setSelfMute: (on) => setFlags({ selfMute: on }),
    setSelfDeaf: (on) => setFlags({ selfDeaf: on }),
    sendVoiceEffect(emoji) {
      gateway.dispatch("VOICE_CHANNEL_EFFECT_SEND", {
        guild_id: guild.id,
        channel_id: current().channelId,
        user_id: member.id,
        emoji: { id: null, name: emoji, animated: false },
        animation_type: 1,
        animation_id: 0,
      });
    },
    listener: () => voiceStates.listenerOf(member.id),
  };
};
