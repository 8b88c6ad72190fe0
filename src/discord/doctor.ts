import { ChannelType, type Client, type Guild, type GuildBasedChannel, PermissionFlagsBits } from "discord.js";
import { channelLink } from "../commands/markdown.ts";
import { type ChannelId, type GuildId, id } from "../kernel/ids.ts";
import { type Text, text, together } from "../kernel/text.ts";
import type { Diagnosis } from "../ports/channelAccess.ts";

type RequiredPermission = readonly [permission: bigint, name: Text];

const VOICE_PERMISSIONS: readonly RequiredPermission[] = [
  [PermissionFlagsBits.ViewChannel, text`View Channel`],
  [PermissionFlagsBits.Connect, text`Connect`],
  [PermissionFlagsBits.Speak, text`Speak`],
];
const TEXT_PERMISSIONS: readonly RequiredPermission[] = [
  [PermissionFlagsBits.ViewChannel, text`View Channel`],
  [PermissionFlagsBits.SendMessages, text`Send Messages`],
  [PermissionFlagsBits.ReadMessageHistory, text`Read Message History`],
];
/** What some commands need, and everything else can do without. */
const OPTIONAL_PERMISSIONS: readonly (readonly [permission: bigint, without: Text])[] = [
  [
    PermissionFlagsBits.MoveMembers,
    text`Without Move Members, which Server Settings → Roles gives, there is no /sleep me.`,
  ],
  [
    PermissionFlagsBits.CreateEvents,
    text`Without Create Events, which Server Settings → Roles gives, there are no evenings in the server's calendar.`,
  ],
  [
    PermissionFlagsBits.SetVoiceChannelStatus,
    text`Without Set Voice Channel Status, which Server Settings → Roles gives, the channel list does not show what plays.`,
  ],
];

const missingPermissionIn = (
  guild: Guild,
  channel: GuildBasedChannel,
  needed: readonly RequiredPermission[],
): Text | undefined => {
  const allowed = guild.members.me && channel.permissionsFor(guild.members.me);
  return needed.find(([permission]) => allowed?.has(permission) !== true)?.[1];
};

const link = ({ id: channel }: GuildBasedChannel) => channelLink(id<ChannelId>(channel));

/** What keeps the bot from being heard in a voice channel, in one sentence that says where to change it. */
const voiceProblem = (guild: Guild, channel: GuildBasedChannel): Text | undefined => {
  if (!channel.isVoiceBased()) return undefined;
  const isStage = channel.type === ChannelType.GuildStageVoice;
  const lack = missingPermissionIn(guild, channel, isStage ? VOICE_PERMISSIONS.slice(0, 2) : VOICE_PERMISSIONS);
  if (lack !== undefined)
    return text`In ${link(channel)} I lack **${lack}**. Give it to my role in Edit Channel → Permissions.`;
  const { me } = guild.members;
  const isInside = me?.voice.channelId === channel.id;
  if (channel.userLimit > 0 && channel.members.size >= channel.userLimit && !isInside)
    return text`${link(channel)} is full. Raise its user limit by one in Edit Channel → Overview.`;
  if (isInside && me?.voice.serverMute)
    return text`I am muted in ${link(channel)}. A moderator can unmute me with a right-click.`;
  if (isInside && me?.voice.suppress)
    return text`On the stage ${link(channel)} I am in the audience. Invite me to speak, or give me **Mute Members** there.`;
  return undefined;
};

const textProblem = (guild: Guild, channel: GuildBasedChannel): Text | undefined => {
  const lack = missingPermissionIn(guild, channel, TEXT_PERMISSIONS);
  return lack === undefined
    ? undefined
    : text`In ${link(channel)} I lack **${lack}**, so the panel has no place there. Give it to my role in Edit Channel → Permissions.`;
};

/** Looks at what the bot may do in two channels, and in the guild at large. */
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
        ? text`I cannot see ${channelLink(voice)}. Give my role **View Channel** in Edit Channel → Permissions.`
        : undefined,
      page && textProblem(guild, page),
    ];
    const optional = OPTIONAL_PERMISSIONS.filter(
      ([permission]) => guild.members.me?.permissions.has(permission) !== true,
    ).map(([, without]) => without);
    return { problems: troubles.filter((line) => line !== undefined), optional };
  };

/** On joining a guild: says in the first channel that may be written to how to begin, and what is in the way. */
export const welcomeMessage = (
  client: Client,
  guild: Guild,
): { readonly channel: ChannelId; readonly text: Text } | undefined => {
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
  const hello = text`Lull is here. Join a voice channel and type /play; /help says the rest.`;
  return { channel, text: together(way ? [hello, way] : [hello]) };
};
