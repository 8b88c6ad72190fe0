import type { ChannelView, GuildScene, PersonView } from "../api.ts";
import { hear } from "../audio/recording.ts";
import type { Parts } from "../rest/guildContext.ts";
import type { Fault } from "../rest/server.ts";
import { BOT_ID, type World, type WorldMember } from "../state/guildState.ts";
import { channelJson, guildJson, rolesJson } from "../state/objects.ts";
import type { HeardPacket, Listener, VoiceServer } from "../voice/types.ts";
import { channelApi, permissionsNamed } from "./channels.ts";
import { createMisfortunes } from "./faults.ts";
import { createPeople } from "./members.ts";
import { shown } from "./visibleMessage.ts";

const TYPES = { text: 0, voice: 2, stage: 13 } as const;
const KINDS = { 0: "text", 2: "voice", 13: "stage" } as const;

const channelsOf = (world: World): ChannelView[] =>
  [...world.channels.values()].map(({ id, name, type, userLimit, status }) => ({
    id,
    name,
    kind: KINDS[type],
    userLimit,
    ...(status !== undefined && { status }),
  }));

const personOf = (world: World, { id, name, bot, online }: WorldMember): PersonView => {
  const state = world.voiceStates.get(id);
  if (state === undefined) return { id, name, bot, online };
  const voice = {
    channel: world.channels.get(state.channelId)?.name ?? "",
    muted: state.mute || state.selfMute,
    deafened: state.deaf || state.selfDeaf,
    suppressed: state.suppress,
  };
  return { id, name, bot, online, voice };
};

/** The ears of whoever is to listen: the one who is named, or the first who sits in the channel. */
const earsIn = ({ world, seats }: Parts, as: string | undefined, channel: string | undefined): Listener => {
  if (as !== undefined) {
    const ears = seats.earsOf(world.memberNamed(as)?.id ?? "");
    if (ears === undefined) throw new Error(`${as} sits in no voice channel, and hears nothing.`);
    return ears;
  }
  if (channel !== undefined && world.channelNamed(channel) === undefined) {
    throw new Error(`There is no channel "${channel}".`);
  }
  const place = channel === undefined ? world.voiceStates.get(BOT_ID)?.channelId : world.channelNamed(channel)?.id;
  if (place === undefined) throw new Error("The bot sits in no voice channel: say whose ears or which channel.");
  const user = [...world.voiceStates].find(([each, state]) => each !== BOT_ID && state.channelId === place)?.[0];
  const ears = seats.earsOf(user ?? "");
  if (ears === undefined) throw new Error("Nobody sits there to listen: let a member join the channel first.");
  return ears;
};

/** One guild, as tests and the page drive it. */
export const openScene = (parts: Parts, voice: VoiceServer, faults: Fault[]): GuildScene => {
  const { world, gateway } = parts;
  const people = createPeople(parts);

  const setRole = (permissions: bigint) => {
    world.rolePermissions = permissions;
    gateway.dispatch("GUILD_ROLE_UPDATE", { guild_id: world.guild, role: rolesJson(world).at(-1) });
    world.changed();
  };

  return {
    guild: world.guild,
    member: people.member,
    channel(name, { kind = "voice", userLimit } = {}) {
      const known = world.channelNamed(name);
      const channel = known ?? world.addChannel(name, TYPES[kind]);
      if (known === undefined) gateway.dispatch("CHANNEL_CREATE", channelJson(channel));
      const api = channelApi(parts, channel);
      if (userLimit !== undefined) api.setUserLimit(userLimit);
      world.changed();
      return api;
    },
    role(name, { permissions = [] } = {}) {
      const known = [...world.roles.values()].find((each) => each.name === name);
      if (known !== undefined) return known;
      const role = { id: world.snowflake(), name, permissions: permissionsNamed(permissions) };
      world.roles.set(role.id, role);
      const json = rolesJson(world).find((each) => each.id === role.id);
      gateway.dispatch("GUILD_ROLE_CREATE", { guild_id: world.guild, role: json });
      world.changed();
      return role;
    },
    setAfkChannel(name) {
      const channel = name === undefined ? undefined : world.channelNamed(name);
      if (name !== undefined && channel?.type !== 2) throw new Error(`There is no voice channel "${name}".`);
      world.afkChannelId = channel?.id ?? null;
      const { channels: _, members: __, voice_states: ___, ...guild } = guildJson(world);
      gateway.dispatch("GUILD_UPDATE", guild);
      world.changed();
    },
    grantBot: (...names) => setRole(world.rolePermissions | permissionsNamed(names)),
    revokeBot: (...names) => setRole(world.rolePermissions & ~permissionsNamed(names)),
    async listen(duration, { as, channel } = {}) {
      const ears = earsIn(parts, as, channel);
      const packets: HeardPacket[] = [];
      const from = performance.now();
      const stop = ears.onPacket((packet) => packets.push(packet));
      await new Promise((resolve) => setTimeout(resolve, duration));
      stop();
      return hear(packets, from, duration, voice.counts);
    },
    botChannel: () => world.channels.get(world.voiceStates.get(BOT_ID)?.channelId ?? "")?.name,
    messages: (channel) =>
      [...world.messages.values()]
        .filter((each) => each.onlyFor === undefined)
        .map((each) => shown(world, each))
        .filter((each) => channel === undefined || each.channel === channel),
    channels: () => channelsOf(world),
    roles: () => [...world.roles.values()].map(({ id, name }) => ({ id, name })),
    people: () =>
      [...world.members.values()].filter((each) => !each.bot || each.online).map((each) => personOf(world, each)),
    faults: createMisfortunes(parts, voice, faults),
  };
};
