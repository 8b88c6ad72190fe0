import { PermissionFlagsBits } from "discord-api-types/v10";
import type { Json } from "../shared/json.ts";

/** What the bot's role may do where the options do not say: what most bots ask for in their invite. */
export const DEFAULT_BOT_PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.Connect |
  PermissionFlagsBits.Speak |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.SetVoiceChannelStatus |
  PermissionFlagsBits.CreateEvents;

/** What everybody may do in the guild. */
export const EVERYONE_PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.UseApplicationCommands |
  PermissionFlagsBits.Connect |
  PermissionFlagsBits.Speak |
  PermissionFlagsBits.UseVAD |
  PermissionFlagsBits.RequestToSpeak;

const DISCORD_EPOCH = 1_420_070_400_000n;

/** The bot that the emulator is for. */
export interface BotProfile {
  readonly name: string;
  /** Of the role that its invite brings with it. */
  readonly permissions: bigint;
  /** Of one member alone, whose permissions it carries; not listed. */
  readonly isPersonal?: boolean;
}

/** A further bot, which is a member of every guild of the emulator. */
export interface HelperProfile extends BotProfile {
  /** Of its user and of its application. */
  readonly id: string;
  /** Of the role that its invite brings with it. */
  readonly roleId: string;
}

const GUILD_ID = "1180000000000000001";
/** Id of the bot's user and of its application. */
export const BOT_ID = "1180000000000000002";
/** Id of the role that the bot's invite brings with it, in every guild. */
export const BOT_ROLE_ID = "1180000000000000003";

/** What helpers are called and may do, with ids that are the same at every start. */
export const helperProfiles = (helpers: readonly BotProfile[]): readonly HelperProfile[] =>
  helpers.map((helper, index) => ({
    ...helper,
    id: String(BigInt(BOT_ID) + 100n + BigInt(index)),
    roleId: String(BigInt(BOT_ROLE_ID) + 200n + BigInt(index)),
  }));

/** A channel: text (0), voice (2) or stage (13). */
export interface GuildChannel {
  readonly id: string;
  readonly guild: string;
  name: string;
  readonly type: 0 | 2 | 13;
  userLimit: number;
  status?: string;
  lastMessageId: string | null;
  /** Permissions taken from the bot here. */
  deniedToBot: bigint;
  /** Permissions given to members here, by user id: overwrites of the channel. */
  readonly allowedToMembers: Map<string, bigint>;
}

/** A role that a moderator has created. */
export interface GuildRole {
  readonly id: string;
  readonly name: string;
  readonly permissions: bigint;
  /** Of one member alone, whose permissions it carries; not listed. */
  readonly isPersonal?: boolean;
}

/** A member of the guild; the bot is one of them. */
export interface GuildMember {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  permissions: bigint;
  roles: string[];
  locale: string;
  online: boolean;
  /** When their time-out ends, in milliseconds since the Unix epoch; 0 without one. */
  timedOutUntil: number;
}

/** Where a member is in voice, and their flags. */
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

/** A file of a message. */
export interface StoredFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A message that has not been deleted. */
export interface StoredMessage {
  readonly json: Json;
  readonly channelId: string;
  /** Id of the one user who sees it, of an ephemeral message. */
  readonly visibleTo?: string;
  /** Files by attachment id. */
  readonly files: Map<string, StoredFile>;
}

/** All that a member in time-out keeps. */
const TIMED_OUT_PERMISSIONS = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;

/** The state of one guild. */
export interface GuildState {
  /** The guild's id. */
  readonly id: string;
  readonly name: string;
  readonly bot: BotProfile;
  /** The bot among the members. */
  readonly botMember: GuildMember;
  /** Further bots, which are members as well. */
  readonly helpers: readonly HelperProfile[];
  readonly channels: Map<string, GuildChannel>;
  readonly members: Map<string, GuildMember>;
  readonly voiceStates: Map<string, VoiceState>;
  /** Oldest first. */
  readonly messages: Map<string, StoredMessage>;
  /** By id. Commands of a guild have a guild_id, global ones have none. */
  readonly commands: Map<string, Json>;
  /** Roles that moderators have created: neither @everyone's nor the bot's. */
  readonly roles: Map<string, GuildRole>;
  /** The AFK channel. */
  afkChannelId: string | null;
  /** Files that members have sent with commands and modals, by attachment id. */
  readonly ephemeralAttachments: Map<string, StoredFile>;
  /** Scheduled events by id. */
  readonly events: Map<string, Json>;
  /** Permissions of the bot's role. */
  rolePermissions: bigint;
  outage: boolean;
  botIsMember: boolean;
  snowflake(): string;
  /** To be called after anything that somebody can see has changed. */
  notifyChange(): void;
  onChange(run: () => void): () => void;
  memberNamed(name: string): GuildMember | undefined;
  channelNamed(name: string): GuildChannel | undefined;
  addChannel(name: string, type: GuildChannel["type"]): GuildChannel;
  addMember(name: string): GuildMember;
  /** What the member may do in the guild, their roles included; in a channel, with its overwrites. */
  permissionsOf(member: GuildMember, channel?: string): bigint;
  /**
   * What a bot may do in the channel, its overwrites included; without one, in the guild.
   * @param bot by default the one that the emulator is for
   */
  botPermissionsIn(channel?: string, bot?: string): bigint;
  /** Whether the user is the bot or one of the further ones. */
  isBot(user: string): boolean;
}

/** What all guilds of an emulator share. */
type SharedState = Pick<
  GuildState,
  "bot" | "helpers" | "snowflake" | "notifyChange" | "onChange" | "commands" | "ephemeralAttachments"
>;

const createSharedState = (bot: BotProfile, helpers: readonly HelperProfile[]): SharedState => {
  let last = 0n;
  const listeners = new Set<() => void>();
  return {
    bot,
    helpers,
    commands: new Map(),
    ephemeralAttachments: new Map(),
    snowflake() {
      const now = (BigInt(Date.now()) - DISCORD_EPOCH) << 22n;
      last = now > last ? now : last + 1n;
      return last.toString();
    },
    notifyChange() {
      for (const each of listeners) each();
    },
    onChange(run) {
      listeners.add(run);
      return () => void listeners.delete(run);
    },
  };
};

/** The first guild, in which there is nobody but the bots yet. */
export const createFirstGuild = (name: string, bot: BotProfile, helpers: readonly HelperProfile[] = []): GuildState =>
  createGuild(GUILD_ID, name, createSharedState(bot, helpers));

/**
 * A further guild, in which there is nobody but the bot yet.
 * @param beside another guild of the same emulator
 */
export const createFurtherGuild = (name: string, beside: GuildState, id = beside.snowflake()): GuildState =>
  createGuild(id, name, beside);

const createGuild = (id: string, name: string, common: SharedState): GuildState => {
  const { bot, helpers, snowflake, notifyChange, onChange, commands, ephemeralAttachments } = common;
  const memberOf = ({ name, permissions }: BotProfile, user: string, role: string): GuildMember => ({
    id: user,
    name,
    bot: true,
    permissions: permissions | EVERYONE_PERMISSIONS,
    roles: [role],
    locale: "en-US",
    online: false,
    timedOutUntil: 0,
  });
  const botMember = memberOf(bot, BOT_ID, BOT_ROLE_ID);
  const guild: GuildState = {
    id,
    name,
    bot,
    botMember,
    helpers,
    channels: new Map(),
    members: new Map(),
    voiceStates: new Map(),
    messages: new Map(),
    commands,
    roles: new Map(),
    afkChannelId: null,
    ephemeralAttachments,
    events: new Map(),
    rolePermissions: bot.permissions,
    outage: false,
    botIsMember: true,
    snowflake,
    notifyChange,
    onChange,
    memberNamed: (name) => [...guild.members.values()].find((each) => each.name === name),
    channelNamed: (name) => [...guild.channels.values()].find((each) => each.name === name),
    addChannel(name, type) {
      const channel: GuildChannel = {
        id: snowflake(),
        guild: id,
        name,
        type,
        userLimit: 0,
        lastMessageId: null,
        deniedToBot: 0n,
        allowedToMembers: new Map(),
      };
      guild.channels.set(channel.id, channel);
      return channel;
    },
    addMember(name) {
      const member: GuildMember = {
        id: snowflake(),
        name,
        bot: false,
        permissions: EVERYONE_PERMISSIONS,
        roles: [],
        locale: "en-US",
        online: true,
        timedOutUntil: 0,
      };
      guild.members.set(member.id, member);
      return member;
    },
    permissionsOf: ({ id, permissions, roles }, channel) =>
      roles.reduce((sum, role) => sum | (guild.roles.get(role)?.permissions ?? 0n), permissions) |
      (guild.channels.get(channel ?? "")?.allowedToMembers.get(id) ?? 0n),
    isBot: (user) => guild.members.get(user)?.bot === true,
    botPermissionsIn: (channel, bot = BOT_ID) =>
      bot === BOT_ID ? ownPermissionsIn(channel) : (guild.members.get(bot)?.permissions ?? 0n),
  };
  const ownPermissionsIn = (channel = "") =>
    (guild.rolePermissions | EVERYONE_PERMISSIONS) &
    ~(guild.channels.get(channel)?.deniedToBot ?? 0n) &
    (botMember.timedOutUntil > Date.now() ? TIMED_OUT_PERMISSIONS : ~0n);
  guild.members.set(BOT_ID, botMember);
  for (const helper of helpers) guild.members.set(helper.id, memberOf(helper, helper.id, helper.roleId));
  guild.addChannel("general", 0);
  guild.addChannel("lounge", 2);
  guild.addChannel("loft", 2);
  guild.addChannel("stage", 13);
  return guild;
};
