import type { Json } from "../shared/json.ts";
import type { GuildChannel, GuildMember, GuildState, VoiceState } from "../state/guild.ts";
import { userJson } from "../state/objects.ts";

/** A user as RPC has them. */
const rpcUser = (member: GuildMember): Json => ({
  ...userJson(member),
  avatar_decoration_data: null,
  flags: 0,
  premium_type: 0,
});

/** Somebody who has the activity open. */
export const participantJson = (member: GuildMember): Json => ({ ...rpcUser(member), nickname: member.name });

const voiceStateOf = (member: GuildMember, { mute, deaf, selfMute, selfDeaf, suppress }: VoiceState): Json => ({
  nick: member.name,
  mute: false,
  volume: 100,
  user: rpcUser(member),
  voice_state: { mute, deaf, self_mute: selfMute, self_deaf: selfDeaf, suppress },
});

/** A channel with those in it, as RPC has it. */
export const rpcChannel = (guild: GuildState, channel: GuildChannel): Json => ({
  id: channel.id,
  type: channel.type,
  guild_id: guild.id,
  name: channel.name,
  position: 0,
  user_limit: channel.userLimit,
  voice_states: [...guild.voiceStates].flatMap(([user, state]) => {
    const member = guild.members.get(user);
    return member === undefined || state.channelId !== channel.id ? [] : [voiceStateOf(member, state)];
  }),
  messages: [],
});
