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
}

const GUILD_ID = "1180000000000000001";
export const BOT_ID = "1180000000000000002";
export const BOT_ROLE_ID = "1180000000000000003";

export interface WorldChannel {
  readonly id: string;
  readonly guild: string;
  name: string;
  readonly type: 0 | 2 | 13;
  userLimit: number;
  status?: string;
  lastMessageId: string | null;
  /** Permissions taken from the bot here. */
  denied: bigint;
}

export interface WorldRole {
  readonly id: string;
  readonly name: string;
  readonly permissions: bigint;
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

/** A file that hangs on a message. */
export interface Shared {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface WorldMessage {
  readonly json: Json;
  readonly channelId: string;
  /** Who alone can see it, of an ephemeral answer. */
  readonly onlyFor?: string;
  /** Files by attachment id. */
  readonly files: Map<string, Shared>;
}

/** Everything that is true of one guild of the rehearsal. */
export interface World {
  /** The guild's id. */
  readonly guild: string;
  readonly name: string;
  readonly bot: BotProfile;
  readonly channels: Map<string, WorldChannel>;
  readonly members: Map<string, WorldMember>;
  readonly voiceStates: Map<string, VoiceState>;
  /** Oldest first. */
  readonly messages: Map<string, WorldMessage>;
  /** Those of the guild have a guild_id, those for everybody have none. */
  readonly commands: Map<string, Json>;
  /** What moderators have added beside everybody's and the bot's own. */
  readonly roles: Map<string, WorldRole>;
  /** Where the guild has those go who do nothing. */
  afkChannelId: string | null;
  /** Files that members have handed over with commands and forms, by attachment id. */
  readonly handed: Map<string, Shared>;
  /** Scheduled events by id. */
  readonly events: Map<string, Json>;
  /** Those of the bot's own role. */
  rolePermissions: bigint;
  outage: boolean;
  botIsMember: boolean;
  snowflake(): string;
  /** To be said after whatever somebody can see has changed. */
  changed(): void;
  onChange(run: () => void): () => void;
  memberNamed(name: string): WorldMember | undefined;
  channelNamed(name: string): WorldChannel | undefined;
  addChannel(name: string, type: WorldChannel["type"]): WorldChannel;
  addMember(name: string): WorldMember;
  /** What the member may do in the guild, their roles included. */
  permissionsOf(member: WorldMember): bigint;
  /** What the bot may do in the channel, its overwrites included; without one, in the guild. */
  botPermissions(channel?: string): bigint;
}

/** What all guilds of the rehearsal have together. */
type Common = Pick<World, "bot" | "snowflake" | "changed" | "onChange" | "commands" | "handed">;

const createCommon = (bot: BotProfile): Common => {
  let last = 0n;
  const listeners = new Set<() => void>();
  return {
    bot,
    commands: new Map(),
    handed: new Map(),
    snowflake() {
      const now = (BigInt(Date.now()) - DISCORD_EPOCH) << 22n;
      last = now > last ? now : last + 1n;
      return last.toString();
    },
    changed() {
      for (const each of listeners) each();
    },
    onChange(run) {
      listeners.add(run);
      return () => void listeners.delete(run);
    },
  };
};

/** The first guild, in which there is nobody but the bot yet. */
export const createWorld = (name: string, bot: BotProfile): World => createGuild(GUILD_ID, name, createCommon(bot));

/**
 * A further guild, in which there is nobody but the bot yet.
 * @param beside another guild of the same emulator
 */
export const createFurtherWorld = (name: string, beside: World): World => createGuild(beside.snowflake(), name, beside);

const createGuild = (guild: string, name: string, common: Common): World => {
  const { bot, snowflake, changed, onChange, commands, handed } = common;
  const world: World = {
    guild,
    name,
    bot,
    channels: new Map(),
    members: new Map(),
    voiceStates: new Map(),
    messages: new Map(),
    commands,
    roles: new Map(),
    afkChannelId: null,
    handed,
    events: new Map(),
    rolePermissions: bot.permissions,
    outage: false,
    botIsMember: true,
    snowflake,
    changed,
    onChange,
    memberNamed: (name) => [...world.members.values()].find((each) => each.name === name),
    channelNamed: (name) => [...world.channels.values()].find((each) => each.name === name),
    addChannel(name, type) {
      const channel: WorldChannel = {
        id: snowflake(),
        guild,
        name,
        type,
        userLimit: 0,
        lastMessageId: null,
        denied: 0n,
      };
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
    permissionsOf: ({ permissions, roles }) =>
      roles.reduce((sum, role) => sum | (world.roles.get(role)?.permissions ?? 0n), permissions),
    botPermissions: (channel) =>
      (world.rolePermissions | EVERYONE_PERMISSIONS) & ~(world.channels.get(channel ?? "")?.denied ?? 0n),
  };
  world.members.set(BOT_ID, {
    id: BOT_ID,
    name: bot.name,
    bot: true,
    permissions: bot.permissions | EVERYONE_PERMISSIONS,
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
