import type { Json } from "../shared/json.ts";
import {
  BOT_ROLE_ID,
  EVERYONE_PERMISSIONS,
  type GuildChannel,
  type GuildMember,
  type GuildRole,
  type GuildState,
  type VoiceState,
} from "./guild.ts";

/** A user, as Discord returns them. */
export const userJson = (member: GuildMember): Json => ({
  id: member.id,
  username: member.name,
  discriminator: "0",
  global_name: member.bot ? null : member.name,
  avatar: null,
  bot: member.bot,
  public_flags: 0,
});

/** A member of the guild, as Discord returns them. */
export const memberJson = (member: GuildMember): Json => ({
  user: userJson(member),
  nick: null,
  avatar: null,
  roles: member.roles,
  joined_at: "2026-01-01T00:00:00.000000+00:00",
  premium_since: null,
  deaf: false,
  mute: false,
  flags: 0,
  pending: false,
  communication_disabled_until: member.timedOutUntil === 0 ? null : new Date(member.timedOutUntil).toISOString(),
});

/** A channel with its overwrites, as Discord returns it. */
export const channelJson = (channel: GuildChannel, position = 0): Json => ({
  id: channel.id,
  type: channel.type,
  guild_id: channel.guild,
  name: channel.name,
  position,
  parent_id: null,
  nsfw: false,
  last_message_id: channel.lastMessageId,
  permission_overwrites: [
    ...(channel.deniedToBot === 0n
      ? []
      : [{ id: BOT_ROLE_ID, type: 0, allow: "0", deny: channel.deniedToBot.toString() }]),
    ...[...channel.allowedToMembers].map(([id, allow]) => ({ id, type: 1, allow: allow.toString(), deny: "0" })),
  ],
  ...(channel.type === 0
    ? { topic: null, rate_limit_per_user: 0 }
    : { bitrate: channel.type === 13 ? 64_000 : 96_000, user_limit: channel.userLimit, rtc_region: null }),
});

/** A voice state, as the gateway sends it; without one, of a user in no voice channel. */
export const voiceStateJson = (guild: GuildState, user: string, state: VoiceState | undefined): Json => ({
  guild_id: guild.id,
  channel_id: state?.channelId ?? null,
  user_id: user,
  member: memberJson(guild.members.get(user) as GuildMember),
  session_id: state?.sessionId ?? "none",
  deaf: state?.deaf ?? false,
  mute: state?.mute ?? false,
  self_deaf: state?.selfDeaf ?? false,
  self_mute: state?.selfMute ?? false,
  self_video: false,
  suppress: state?.suppress ?? false,
  request_to_speak_timestamp: state?.requestToSpeak ?? null,
});

const roleJson = (
  { id, name, permissions, managed = false }: GuildRole & { readonly managed?: boolean },
  position: number,
): Json => ({
  id,
  name,
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  icon: null,
  unicode_emoji: null,
  position,
  permissions: permissions.toString(),
  managed,
  mentionable: false,
  flags: 0,
});

/** The roles of the guild; the bot's own is the highest, and the last. */
export const rolesJson = (guild: GuildState): Json[] =>
  [
    { id: guild.id, name: "@everyone", permissions: EVERYONE_PERMISSIONS },
    ...guild.roles.values(),
    ...guild.helpers.map(({ roleId, name, permissions }) => ({ id: roleId, name, permissions, managed: true })),
    { id: BOT_ROLE_ID, name: guild.bot.name, permissions: guild.rolePermissions, managed: true },
  ].map(roleJson);

/** The guild, as GUILD_CREATE brings it. */
export const guildJson = (guild: GuildState): Json => ({
  id: guild.id,
  name: guild.name,
  icon: null,
  splash: null,
  discovery_splash: null,
  owner_id: "1180000000000000009",
  afk_channel_id: guild.afkChannelId,
  afk_timeout: 300,
  verification_level: 0,
  default_message_notifications: 1,
  explicit_content_filter: 0,
  roles: rolesJson(guild),
  emojis: [],
  features: [],
  mfa_level: 0,
  application_id: null,
  system_channel_id: null,
  system_channel_flags: 0,
  rules_channel_id: null,
  vanity_url_code: null,
  description: null,
  banner: null,
  premium_tier: 0,
  premium_subscription_count: 0,
  preferred_locale: "en-US",
  public_updates_channel_id: null,
  nsfw_level: 0,
  premium_progress_bar_enabled: false,
  stickers: [],
  safety_alerts_channel_id: null,
  joined_at: "2026-01-01T00:00:00.000000+00:00",
  large: false,
  unavailable: false,
  member_count: guild.members.size,
  voice_states: [...guild.voiceStates].map(([user, state]) => {
    const { guild_id: _, member: __, ...rest } = voiceStateJson(guild, user, state);
    return rest;
  }),
  members: [...guild.members.values()].map(memberJson),
  channels: [...guild.channels.values()].map(channelJson),
  threads: [],
  presences: [],
  stage_instances: [],
  guild_scheduled_events: [...guild.events.values()],
  soundboard_sounds: [],
});
