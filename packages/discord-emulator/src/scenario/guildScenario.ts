import type { ChannelView, EmulatedGuild, MemberView } from "../api.ts";
import { JITTER_BUFFER, measureRecording } from "../audio/recording.ts";
import type { GuildContext } from "../rest/guildContext.ts";
import type { RestFault } from "../rest/server.ts";
import { BOT_ID, type GuildMember, type GuildState } from "../state/guild.ts";
import { channelJson, guildJson, memberJson, rolesJson } from "../state/objects.ts";
import type { Listener, ReceivedPacket, VoiceServer } from "../voice/types.ts";
import { createEmulatedChannel, parsePermissions } from "./channels.ts";
import { createFaults } from "./faults.ts";
import { createMembers } from "./members.ts";
import { toVisibleMessage } from "./visibleMessage.ts";

const TYPES = { text: 0, voice: 2, stage: 13 } as const;
const KINDS = { 0: "text", 2: "voice", 13: "stage" } as const;

const toChannelViews = (guild: GuildState): ChannelView[] =>
  [...guild.channels.values()].map(({ id, name, type, userLimit, status }) => ({
    id,
    name,
    kind: KINDS[type],
    userLimit,
    ...(status !== undefined && { status }),
  }));

const toMemberView = (guild: GuildState, { id, name, bot, online }: GuildMember): MemberView => {
  const state = guild.voiceStates.get(id);
  const seen = { id, name, bot, online, ...(guild.helpers.some((each) => each.id === id) && { isHelper: true }) };
  if (state === undefined) return seen;
  const voice = {
    channel: guild.channels.get(state.channelId)?.name ?? "",
    muted: state.mute || state.selfMute,
    deafened: state.deaf || state.selfDeaf,
    suppressed: state.suppress,
  };
  return { ...seen, voice };
};

/** The listener of the member who is named, or of the first member in the channel. */
const findListener = (
  { guild, voiceStates }: GuildContext,
  as: string | undefined,
  channel: string | undefined,
): Listener => {
  if (as !== undefined) {
    const listener = voiceStates.listenerOf(guild.memberNamed(as)?.id ?? "");
    if (listener === undefined) throw new Error(`${as} is in no voice channel, and hears nothing.`);
    return listener;
  }
  if (channel !== undefined && guild.channelNamed(channel) === undefined) {
    throw new Error(`There is no channel "${channel}".`);
  }
  const place = channel === undefined ? guild.voiceStates.get(BOT_ID)?.channelId : guild.channelNamed(channel)?.id;
  if (place === undefined)
    throw new Error("The bot is in no voice channel: name the member who listens, or the channel.");
  const user = [...guild.voiceStates].find(([each, state]) => !guild.isBot(each) && state.channelId === place)?.[0];
  const listener = voiceStates.listenerOf(user ?? "");
  if (listener === undefined) throw new Error("Nobody is there to listen: let a member join the channel first.");
  return listener;
};

/** One guild, as tests and the page drive it. */
export const createEmulatedGuild = (context: GuildContext, voice: VoiceServer, faults: RestFault[]): EmulatedGuild => {
  const { guild, gateway } = context;
  const people = createMembers(context);

  const setRole = (permissions: bigint) => {
    guild.rolePermissions = permissions;
    gateway.dispatch("GUILD_ROLE_UPDATE", { guild_id: guild.id, role: rolesJson(guild).at(-1) });
    guild.notifyChange();
  };

  return {
    guildId: guild.id,
    member: people.member,
    channel(name, { kind = "voice", userLimit } = {}) {
      const known = guild.channelNamed(name);
      const channel = known ?? guild.addChannel(name, TYPES[kind]);
      if (known === undefined) gateway.dispatch("CHANNEL_CREATE", channelJson(channel));
      const api = createEmulatedChannel(context, channel);
      if (userLimit !== undefined) api.setUserLimit(userLimit);
      guild.notifyChange();
      return api;
    },
    role(name, { permissions = [] } = {}) {
      const known = [...guild.roles.values()].find((each) => each.name === name && !each.isPersonal);
      if (known !== undefined) return known;
      const role = { id: guild.snowflake(), name, permissions: parsePermissions(permissions) };
      guild.roles.set(role.id, role);
      const json = rolesJson(guild).find((each) => each.id === role.id);
      gateway.dispatch("GUILD_ROLE_CREATE", { guild_id: guild.id, role: json });
      guild.notifyChange();
      return role;
    },
    setAfkChannel(name) {
      const channel = name === undefined ? undefined : guild.channelNamed(name);
      if (name !== undefined && channel?.type !== 2) throw new Error(`There is no voice channel "${name}".`);
      guild.afkChannelId = channel?.id ?? null;
      const { channels: _, members: __, voice_states: ___, ...update } = guildJson(guild);
      gateway.dispatch("GUILD_UPDATE", update);
      guild.notifyChange();
    },
    grantBot: (...names) => setRole(guild.rolePermissions | parsePermissions(names)),
    revokeBot: (...names) => setRole(guild.rolePermissions & ~parsePermissions(names)),
    botPermissions: () =>
      [...guild.channels.keys()].reduce((all, id) => all & guild.botPermissionsIn(id), guild.botPermissionsIn()),
    timeOutBot(duration) {
      guild.botMember.timedOutUntil = duration === 0 ? 0 : Date.now() + duration;
      const member = memberJson(guild.botMember);
      gateway.dispatch("GUILD_MEMBER_UPDATE", { ...member, guild_id: guild.id });
      const { channelId } = guild.voiceStates.get(BOT_ID) ?? {};
      if (channelId !== undefined && duration > 0) context.voiceStates.set(BOT_ID, channelId, { suppress: true });
      guild.notifyChange();
    },
    async listen(duration, { as, channel } = {}) {
      const listener = findListener(context, as, channel);
      const packets: ReceivedPacket[] = [];
      const from = performance.now();
      const stop = listener.onPacket((packet) => packets.push(packet));
      await new Promise((resolve) => setTimeout(resolve, duration + JITTER_BUFFER));
      stop();
      return measureRecording(packets, from, duration, voice.statistics);
    },
    botChannel: (name) => {
      const user = name === undefined ? BOT_ID : guild.helpers.find((each) => each.name === name)?.id;
      return guild.channels.get(guild.voiceStates.get(user ?? "")?.channelId ?? "")?.name;
    },
    messages: (channel) =>
      [...guild.messages.values()]
        .filter((each) => each.visibleTo === undefined)
        .map((each) => toVisibleMessage(guild, each))
        .filter((each) => channel === undefined || each.channel === channel),
    channels: () => toChannelViews(guild),
    roles: () =>
      [...guild.roles.values()].filter(({ isPersonal }) => isPersonal !== true).map(({ id, name }) => ({ id, name })),
    members: () =>
      [...guild.members.values()].filter((each) => !each.bot || each.online).map((each) => toMemberView(guild, each)),
    faults: createFaults(context, voice, faults),
  };
};
