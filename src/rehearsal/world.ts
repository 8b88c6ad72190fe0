import { PermissionFlagsBits } from "discord-api-types/v10";

/** A Discord object as JSON carries it. */
export type Json = Record<string, unknown>;

/** What the invite link asks for; the rehearsal gives the bot exactly this. */
export const INVITE_PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.Connect |
  PermissionFlagsBits.Speak |
  PermissionFlagsBits.UseVAD;

const EVERYONE_PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.UseApplicationCommands |
  PermissionFlagsBits.Connect |
  PermissionFlagsBits.Speak |
  PermissionFlagsBits.UseVAD;

const DISCORD_EPOCH = 1_420_070_400_000n;

export const GUILD_ID = "1180000000000000001";
export const BOT_ID = "1180000000000000002";
const BOT_ROLE_ID = "1180000000000000003";

export interface WorldChannel {
  readonly id: string;
  name: string;
  readonly type: 0 | 2 | 13;
  userLimit: number;
  status?: string;
  lastMessageId: string | null;
  /** Permissions taken from the bot here. */
  denied: bigint;
}

export interface WorldMember {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  permissions: bigint;
  roles: string[];
  locale: string;
  online: boolean;
}

export interface VoiceState {
  channelId: string;
  readonly sessionId: string;
  selfMute: boolean;
  selfDeaf: boolean;
  mute: boolean;
  deaf: boolean;
  suppress: boolean;
  requestToSpeak: string | null;
}

export interface WorldMessage {
  readonly json: Json;
  readonly channelId: string;
  /** Who alone can see it, of an ephemeral answer. */
  readonly onlyFor?: string;
  /** Files by attachment id. */
  readonly files: ReadonlyMap<string, { name: string; type: string; bytes: Uint8Array }>;
}

/** Everything that is true of the rehearsal's one guild. */
export interface World {
  readonly channels: Map<string, WorldChannel>;
  readonly members: Map<string, WorldMember>;
  readonly voiceStates: Map<string, VoiceState>;
  /** Oldest first. */
  readonly messages: Map<string, WorldMessage>;
  readonly commands: Map<string, Json>;
  readonly events: Map<string, Json>;
  outage: boolean;
  botIsMember: boolean;
  snowflake(): string;
  changed(): void;
  onChange(run: () => void): () => void;
  memberNamed(name: string): WorldMember | undefined;
  channelNamed(name: string): WorldChannel | undefined;
  addChannel(name: string, type: WorldChannel["type"]): WorldChannel;
  addMember(name: string): WorldMember;
  botPermissions(channel: string): bigint;
}

export const createWorld = (): World => {
  let increment = 0n;
  const listeners = new Set<() => void>();
  const snowflake = () => {
    increment = (increment + 1n) & 0xfffn;
    return (((BigInt(Date.now()) - DISCORD_EPOCH) << 22n) | increment).toString();
  };
  const world: World = {
    channels: new Map(),
    members: new Map(),
    voiceStates: new Map(),
    messages: new Map(),
    commands: new Map(),
    events: new Map(),
    outage: false,
    botIsMember: true,
    snowflake,
    changed() {
      for (const each of listeners) each();
    },
    onChange(run) {
      listeners.add(run);
      return () => void listeners.delete(run);
    },
    memberNamed: (name) => [...world.members.values()].find((each) => each.name === name),
    channelNamed: (name) => [...world.channels.values()].find((each) => each.name === name),
    addChannel(name, type) {
      const channel: WorldChannel = { id: snowflake(), name, type, userLimit: 0, lastMessageId: null, denied: 0n };
      world.channels.set(channel.id, channel);
      return channel;
    },
    addMember(name) {
      const member: WorldMember = {
        id: snowflake(),
        name,
        bot: false,
        permissions: EVERYONE_PERMISSIONS,
        roles: [],
        locale: "en-US",
        online: true,
      };
      world.members.set(member.id, member);
      return member;
    },
    botPermissions: (channel) =>
      (INVITE_PERMISSIONS | EVERYONE_PERMISSIONS) & ~(world.channels.get(channel)?.denied ?? 0n),
  };
  world.members.set(BOT_ID, {
    id: BOT_ID,
    name: "Lull",
    bot: true,
    permissions: INVITE_PERMISSIONS | EVERYONE_PERMISSIONS,
    roles: [BOT_ROLE_ID],
    locale: "en-US",
    online: false,
  });
  world.addChannel("general", 0);
  world.addChannel("lounge", 2);
  world.addChannel("loft", 2);
  world.addChannel("stage", 13);
  return world;
};

export const userJson = (member: WorldMember): Json => ({
  id: member.id,
  username: member.name,
  discriminator: "0",
  global_name: member.bot ? null : member.name,
  avatar: null,
  bot: member.bot,
  public_flags: 0,
});

export const memberJson = (member: WorldMember): Json => ({
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
  communication_disabled_until: null,
});

export const channelJson = (channel: WorldChannel, position = 0): Json => ({
  id: channel.id,
  type: channel.type,
  guild_id: GUILD_ID,
  name: channel.name,
  position,
  parent_id: null,
  nsfw: false,
  last_message_id: channel.lastMessageId,
  permission_overwrites:
    channel.denied === 0n ? [] : [{ id: BOT_ROLE_ID, type: 0, allow: "0", deny: channel.denied.toString() }],
  ...(channel.type === 0
    ? { topic: null, rate_limit_per_user: 0 }
    : { bitrate: channel.type === 13 ? 64_000 : 96_000, user_limit: channel.userLimit, rtc_region: null }),
});

export const voiceStateJson = (world: World, user: string, state: VoiceState | undefined): Json => ({
  guild_id: GUILD_ID,
  channel_id: state?.channelId ?? null,
  user_id: user,
  member: memberJson(world.members.get(user) as WorldMember),
  session_id: state?.sessionId ?? "none",
  deaf: state?.deaf ?? false,
  mute: state?.mute ?? false,
  self_deaf: state?.selfDeaf ?? false,
  self_mute: state?.selfMute ?? false,
  self_video: false,
  suppress: state?.suppress ?? false,
  request_to_speak_timestamp: state?.requestToSpeak ?? null,
});

const roleJson = (id: string, name: string, permissions: bigint, position: number): Json => ({
  id,
  name,
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  icon: null,
  unicode_emoji: null,
  position,
  permissions: permissions.toString(),
  managed: position > 0,
  mentionable: false,
  flags: 0,
});

export const rolesJson = (): Json[] => [
  roleJson(GUILD_ID, "@everyone", EVERYONE_PERMISSIONS, 0),
  roleJson(BOT_ROLE_ID, "Lull", INVITE_PERMISSIONS, 1),
];

export const guildJson = (world: World): Json => ({
  id: GUILD_ID,
  name: "Pillow Fort",
  icon: null,
  splash: null,
  discovery_splash: null,
  owner_id: "1180000000000000009",
  afk_channel_id: null,
  afk_timeout: 300,
  verification_level: 0,
  default_message_notifications: 1,
  explicit_content_filter: 0,
  roles: rolesJson(),
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
  member_count: world.members.size,
  voice_states: [...world.voiceStates].map(([user, state]) => {
    const { guild_id: _, member: __, ...rest } = voiceStateJson(world, user, state);
    return rest;
  }),
  members: [...world.members.values()].map(memberJson),
  channels: [...world.channels.values()].map(channelJson),
  threads: [],
  presences: [],
  stage_instances: [],
  guild_scheduled_events: [],
  soundboard_sounds: [],
});
