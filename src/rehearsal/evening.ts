import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { addApplicationRoutes, addCommandRoutes } from "./applicationRoutes.ts";
import { addChannelRoutes } from "./channelRoutes.ts";
import { addEventRoutes } from "./eventRoutes.ts";
import { openGateway } from "./gateway.ts";
import { addGuildRoutes } from "./guildRoutes.ts";
import { createCounter } from "./handed.ts";
import { hear } from "./heard.ts";
import { addInteractionRoutes } from "./interactionRoutes.ts";
import { createInteractions } from "./interactions.ts";
import { createMessages } from "./messages.ts";
import { createMisfortunes } from "./misfortunes.ts";
import { channelJson, guildJson, rolesJson } from "./objects.ts";
import type { Parts } from "./parts.ts";
import { createPeople } from "./people.ts";
import { createRest, type Fault } from "./rest.ts";
import { channelApi, permissionsNamed } from "./rooms.ts";
import type { ChannelView, Evening, PersonView } from "./scenario.ts";
import { createSeats } from "./seats.ts";
import { shown } from "./shown.ts";
import type { HeardPacket, Listener, VoiceServer } from "./voice/contract.ts";
import { startVoiceServer } from "./voice/voiceServer.ts";
import { BOT_ID, createWorld, GUILD_ID, type World, type WorldMember } from "./world.ts";

/** A token of the shape of Discord's; it opens nothing but a rehearsal. */
const TOKEN = `${Buffer.from(BOT_ID).toString("base64url")}.rehearsal.a-token-for-this-machine-alone`;
const TYPES = { text: 0, voice: 2, stage: 13 } as const;
const KINDS = { 0: "text", 2: "voice", 13: "stage" } as const;
const MOST_VIOLATIONS = 1_000;
const LOOK = 20;

const until: Evening["until"] = (description, condition, limit = 10_000) => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const started = performance.now();
  const look = () => {
    try {
      if (condition()) return resolve();
    } catch (error) {
      return reject(error);
    }
    if (performance.now() - started < limit) return void setTimeout(look, LOOK);
    return reject(new Error(`Waited ${limit} ms in vain until ${description}.`));
  };
  look();
  return promise;
};

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

/** The REST API, the gateway and the voice server, and one world behind them. */
const openDiscord = async (voice: VoiceServer, faults: Fault[], violation: (text: string) => void) => {
  const world = createWorld();
  const { server, route } = createRest({ token: TOKEN, faults, violation });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}`;
  const gatewayAddress = () => `ws://127.0.0.1:${port}/gateway`;
  const gateway = openGateway(server, world, {
    token: TOKEN,
    address: gatewayAddress,
    onVoiceState: (payload) => seats.botAsks(payload),
    onLost: () => seats.sit(BOT_ID, undefined),
    violation,
  });
  const seats = createSeats(world, voice, () => gateway);
  const messages = createMessages(world, () => address, gateway.dispatch);
  const interactions = createInteractions(world, violation);
  const counter = createCounter(world, () => address);
  const parts: Parts = { world, gateway, messages, interactions, counter, seats, violation };
  addApplicationRoutes(route, parts, gatewayAddress);
  addCommandRoutes(route, parts);
  addChannelRoutes(route, parts);
  addGuildRoutes(route, parts);
  addEventRoutes(route, parts);
  addInteractionRoutes(route, parts);
  const close = () => {
    gateway.stop();
    server.closeAllConnections();
    server.close();
  };
  return { parts, apiBase: `${address}/api`, close };
};

/**
 * Opens a Discord of one's own on the loopback interface.
 * @param options.certificatesIn folder in which the voice server's certificates are kept for the next time
 */
export const openEvening = async (options: { certificatesIn?: string } = {}): Promise<Evening> => {
  const faults: Fault[] = [];
  const violations: string[] = [];
  const violation = (text: string) => void (violations.length < MOST_VIOLATIONS && violations.push(text));
  const voice = await startVoiceServer(options);
  const { parts, apiBase, close } = await openDiscord(voice, faults, violation);
  const { world, gateway } = parts;
  const people = createPeople(parts);

  const setRole = (permissions: bigint) => {
    world.rolePermissions = permissions;
    gateway.dispatch("GUILD_ROLE_UPDATE", { guild_id: GUILD_ID, role: rolesJson(world).at(-1) });
    world.changed();
  };

  return {
    apiBase,
    certificateAuthority: voice.certificateAuthority,
    token: TOKEN,
    guild: GUILD_ID,
    voice,
    until,
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
      gateway.dispatch("GUILD_ROLE_CREATE", { guild_id: GUILD_ID, role: json });
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
    onChange: world.onChange,
    commands: () => [...world.commands.values()],
    channels: () => channelsOf(world),
    people: () =>
      [...world.members.values()].filter((each) => !each.bot || each.online).map((each) => personOf(world, each)),
    faults: createMisfortunes(parts, voice, faults),
    get violations() {
      return [...violations, ...voice.violations];
    },
    async close() {
      close();
      await voice.close();
      const found = [...violations, ...voice.violations];
      if (found.length > 0) throw new Error(`The bot broke Discord's rules:\n${found.join("\n")}`);
    },
  };
};
