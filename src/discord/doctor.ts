import {
  ChannelType,
  type Client,
  type Guild,
  type GuildBasedChannel,
  type GuildMember,
  PermissionFlagsBits,
  PermissionsBitField,
} from "discord.js";
import { channelLink, dateAndTime } from "../commands/markdown.ts";
import { type Message, message, together } from "../i18n/message.ts";
import type { Clock } from "../kernel/clock.ts";
import { type ChannelId, type GuildId, id } from "../kernel/ids.ts";
import type { Millis } from "../kernel/units.ts";
import type { Diagnosis } from "../ports/channelAccess.ts";
import { speakProblem, timedOutUntil, writeProblem } from "./botAccess.ts";

/** Permissions that only some commands need. */
const OPTIONAL_PERMISSIONS: readonly (readonly [permission: bigint, without: Message])[] = [
  [PermissionFlagsBits.MoveMembers, message("doctor.sleepMeNeedsMoveMembers")],
  [PermissionFlagsBits.CreateEvents, message("doctor.eveningsNeedCreateEvents")],
  [PermissionFlagsBits.SetVoiceChannelStatus, message("doctor.statusNeedsSetVoiceChannelStatus")],
];

const link = ({ id: channel }: GuildBasedChannel) => channelLink(id<ChannelId>(channel));

const lacking = (channel: GuildBasedChannel, permission: Message) =>
  message("doctor.lacksPermission", { channel: link(channel), permission });

const lackingForPanel = (channel: GuildBasedChannel, permission: Message) =>
  message("doctor.lacksPermissionForPanel", { channel: link(channel), permission });

const timedOut = (me: GuildMember, now: Millis): Message =>
  message("doctor.timedOut", { time: dateAndTime(timedOutUntil(me, now) ?? now) });

/**
 * What keeps the bot from being heard in a voice channel, in one sentence that says what to change.
 */
const voiceProblem = (guild: Guild, me: GuildMember, channel: GuildBasedChannel, now: Millis): Message | undefined => {
  if (!channel.isVoiceBased()) return undefined;
  const problem = speakProblem(guild, me, channel, now);
  switch (problem) {
    case "no-view":
      return lacking(channel, message("doctor.permissionViewChannel"));
    case "no-connect":
      return lacking(channel, message("doctor.permissionConnect"));
    case "no-speak":
      return lacking(channel, message("doctor.permissionSpeak"));
    case "full":
      return message("doctor.channelFull", { channel: link(channel) });
    case "timed-out":
      return timedOut(me, now);
    case "afk-channel":
      return message("doctor.afkChannel", { channel: link(channel) });
    case undefined:
      break;
  }
  if (me.voice.channelId !== channel.id) return undefined;
  if (me.voice.serverMute) return message("doctor.mutedIn", { channel: link(channel) });
  if (me.voice.suppress) return message("doctor.inTheAudience", { channel: link(channel) });
  return undefined;
};

/** What keeps the panel out of a text channel, in one sentence that says what to change. */
const textProblem = (
  me: GuildMember,
  channel: GuildBasedChannel,
  now: Millis,
  stated?: bigint,
): Message | undefined => {
  const problem = writeProblem(me, channel, now, stated === undefined ? undefined : new PermissionsBitField(stated));
  switch (problem) {
    case "no-view":
      return lackingForPanel(channel, message("doctor.permissionViewChannel"));
    case "no-send":
      return lackingForPanel(channel, message("doctor.permissionSendMessages"));
    case "no-send-in-threads":
      return lackingForPanel(channel, message("doctor.permissionSendMessagesInThreads"));
    case "no-history":
      return lackingForPanel(channel, message("doctor.permissionReadMessageHistory"));
    case "timed-out":
      return timedOut(me, now);
    case "not-text":
    case undefined:
      return undefined;
  }
};

/** Checks the bot's permissions in a text channel, a voice channel and the guild. */
export const createDiagnose =
  (client: Client, clock: Clock) =>
  (guildId: GuildId, written: ChannelId, voice: ChannelId | undefined, stated?: bigint): Diagnosis => {
    const guild = client.guilds.cache.get(guildId);
    const me = guild?.members.me;
    if (!guild || !me) return { problems: [], optional: [] };
    const now = clock.now();
    const channelOf = (channel: ChannelId | undefined) => (channel ? guild.channels.cache.get(channel) : undefined);
    const [page, heard] = [channelOf(written), channelOf(voice)];
    const troubles = [
      heard && voiceProblem(guild, me, heard, now),
      heard === undefined && voice !== undefined
        ? message("doctor.cannotSee", { channel: channelLink(voice) })
        : undefined,
      page && textProblem(me, page, now, stated),
    ];
    const optional = OPTIONAL_PERMISSIONS.filter(([permission]) => !me.permissions.has(permission)).map(
      ([, without]) => without,
    );
    // A time-out is one problem, though it is in the way in both channels.
    const problems = [
      ...new Map(troubles.filter((line) => line !== undefined).map((line) => [JSON.stringify(line), line])).values(),
    ];
    return { problems, optional };
  };

/**
 * On joining a guild: posts how to get started, and what is missing, in the first channel the bot
 * may write to.
 */
export const welcomeMessage = (
  client: Client,
  guild: Guild,
  clock: Clock,
): { readonly channel: ChannelId; readonly text: Message } | undefined => {
  const examine = createDiagnose(client, clock);
  const { me } = guild.members;
  if (!me) return undefined;
  const written = [guild.systemChannel, ...guild.channels.cache.values()].find(
    (channel) => channel?.type === ChannelType.GuildText && writeProblem(me, channel, clock.now()) === undefined,
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
