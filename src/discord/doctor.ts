import { ChannelType, type Client, type Guild, type GuildBasedChannel, PermissionFlagsBits } from "discord.js";
import { channelLink } from "../commands/markdown.ts";
import { type Message, message, together } from "../i18n/message.ts";
import { type ChannelId, type GuildId, id } from "../kernel/ids.ts";
import type { Diagnosis } from "../ports/channelAccess.ts";

type RequiredPermission = readonly [permission: bigint, name: Message];

const VOICE_PERMISSIONS: readonly RequiredPermission[] = [
  [PermissionFlagsBits.ViewChannel, message("doctor.permissionViewChannel")],
  [PermissionFlagsBits.Connect, message("doctor.permissionConnect")],
  [PermissionFlagsBits.Speak, message("doctor.permissionSpeak")],
];
const TEXT_PERMISSIONS: readonly RequiredPermission[] = [
  [PermissionFlagsBits.ViewChannel, message("doctor.permissionViewChannel")],
  [PermissionFlagsBits.SendMessages, message("doctor.permissionSendMessages")],
  [PermissionFlagsBits.ReadMessageHistory, message("doctor.permissionReadMessageHistory")],
];
/** Permissions that only some commands need. */
const OPTIONAL_PERMISSIONS: readonly (readonly [permission: bigint, without: Message])[] = [
  [PermissionFlagsBits.MoveMembers, message("doctor.sleepMeNeedsMoveMembers")],
  [PermissionFlagsBits.CreateEvents, message("doctor.eveningsNeedCreateEvents")],
  [PermissionFlagsBits.SetVoiceChannelStatus, message("doctor.statusNeedsSetVoiceChannelStatus")],
];

const missingPermissionIn = (
  guild: Guild,
  channel: GuildBasedChannel,
  needed: readonly RequiredPermission[],
): Message | undefined => {
  const allowed = guild.members.me && channel.permissionsFor(guild.members.me);
  return needed.find(([permission]) => allowed?.has(permission) !== true)?.[1];
};

const link = ({ id: channel }: GuildBasedChannel) => channelLink(id<ChannelId>(channel));

/**
 * What keeps the bot from being heard in a voice channel, in one sentence that says what to change.
 */
const voiceProblem = (guild: Guild, channel: GuildBasedChannel): Message | undefined => {
  if (!channel.isVoiceBased()) return undefined;
  const isStage = channel.type === ChannelType.GuildStageVoice;
  const lack = missingPermissionIn(guild, channel, isStage ? VOICE_PERMISSIONS.slice(0, 2) : VOICE_PERMISSIONS);
  if (lack !== undefined) return message("doctor.lacksPermission", { channel: link(channel), permission: lack });
  const { me } = guild.members;
  const isInside = me?.voice.channelId === channel.id;
  if (channel.userLimit > 0 && channel.members.size >= channel.userLimit && !isInside)
    return message("doctor.channelFull", { channel: link(channel) });
  if (isInside && me?.voice.serverMute) return message("doctor.mutedIn", { channel: link(channel) });
  if (isInside && me?.voice.suppress) return message("doctor.inTheAudience", { channel: link(channel) });
  return undefined;
};

const textProblem = (guild: Guild, channel: GuildBasedChannel): Message | undefined => {
  const lack = missingPermissionIn(guild, channel, TEXT_PERMISSIONS);
  return lack === undefined
    ? undefined
    : message("doctor.lacksPermissionForPanel", { channel: link(channel), permission: lack });
};

/** Checks the bot's permissions in a text channel, a voice channel and the guild. */
export const createDiagnose =
  (client: Client) =>
  (guildId: GuildId, written: ChannelId, voice: ChannelId | undefined): Diagnosis => {
    const guild = client.guilds.cache.get(guildId);
    if (guild === undefined) return { problems: [], optional: [] };
    const channelOf = (channel: ChannelId | undefined) => (channel ? guild.channels.cache.get(channel) : undefined);
    const [page, heard] = [channelOf(written), channelOf(voice)];
    const troubles = [
      heard && voiceProblem(guild, heard),
      heard === undefined && voice !== undefined
        ? message("doctor.cannotSee", { channel: channelLink(voice) })
        : undefined,
      page && textProblem(guild, page),
    ];
    const optional = OPTIONAL_PERMISSIONS.filter(
      ([permission]) => guild.members.me?.permissions.has(permission) !== true,
    ).map(([, without]) => without);
    return { problems: troubles.filter((line) => line !== undefined), optional };
  };

/**
 * On joining a guild: posts how to get started, and what is missing, in the first channel the bot
 * may write to.
 */
export const welcomeMessage = (
  client: Client,
  guild: Guild,
): { readonly channel: ChannelId; readonly text: Message } | undefined => {
  const examine = createDiagnose(client);
  const written = [guild.systemChannel, ...guild.channels.cache.values()].find(
    (channel) =>
      channel?.type === ChannelType.GuildText && missingPermissionIn(guild, channel, TEXT_PERMISSIONS) === undefined,
  );
  if (!written) return undefined;
  const channel = id<ChannelId>(written.id);
  const blocked = guild.channels.cache
    .filter((each) => each.isVoiceBased())
    .map((each) => examine(id<GuildId>(guild.id), channel, id<ChannelId>(each.id)).problems[0]);
  const [first] = blocked;
  const way = blocked.length > 0 && blocked.every((line) => line !== undefined) ? first : undefined;
  const hello = message("help.greeting");
  return { channel, text: together(way ? [hello, way] : [hello]) };
};
