import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createActivities } from "./activities/activities.ts";
import { CLIENT_SECRET, createOAuth, type OAuth } from "./activities/oauth.ts";
import type { EmulatedGuild, Emulator, EmulatorOptions } from "./api.ts";
import { openGateway } from "./gateway/gateway.ts";
import { createVoiceStates } from "./gateway/voiceStates.ts";
import { createInteractions } from "./interactions/interactions.ts";
import { createAttachmentStore } from "./messages/attachments.ts";
import { createMessages } from "./messages/messages.ts";
import { addApplicationRoutes, addCommandRoutes } from "./rest/applicationRoutes.ts";
import { addChannelRoutes } from "./rest/channelRoutes.ts";
import type { GuildContext, GuildRegistry } from "./rest/guildContext.ts";
import { addGuildRoutes } from "./rest/guildRoutes.ts";
import { addInteractionRoutes } from "./rest/interactionRoutes.ts";
import { addOAuthRoutes } from "./rest/oauthRoutes.ts";
import { addScheduledEventRoutes } from "./rest/scheduledEventRoutes.ts";
import { createRestServer, type RestFault } from "./rest/server.ts";
import { createEmulatedGuild } from "./scenario/guildScenario.ts";
import { ApiError } from "./shared/apiError.ts";
import {
  BOT_ID,
  createFirstGuild,
  createFurtherGuild,
  DEFAULT_BOT_PERMISSIONS,
  type GuildState,
  helperProfiles,
} from "./state/guild.ts";
import { guildJson } from "./state/objects.ts";
import { keepWorld } from "./state/worldFile.ts";
import type { VoiceServer } from "./voice/types.ts";
import { startVoiceServer } from "./voice/voiceServer.ts";

/** A token of the shape of Discord's; it opens nothing but an emulator. */
const tokenOf = (bot: string) => `${Buffer.from(bot).toString("base64url")}.emulator.a-token-for-this-machine-alone`;
const MOST_VIOLATIONS = 1_000;
/** How often `waitUntil` looks, in milliseconds. */
const LOOK_EVERY = 20;

const waitUntil: Emulator["waitUntil"] = (description, condition, limit = 30_000) => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const started = performance.now();
  const look = () => {
    try {
      if (condition()) return resolve();
    } catch (error) {
      return reject(error);
    }
    if (performance.now() - started < limit) return void setTimeout(look, LOOK_EVERY);
    return reject(new Error(`Waited ${limit} ms in vain until ${description}.`));
  };
  look();
  return promise;
};

/**
 * Looks guilds up by their id, or by the id of one of their channels.
 * @param all guilds may be added to the list later
 */
const createRegistry = (first: GuildContext, all: readonly GuildContext[]): GuildRegistry => ({
  all: () => all,
  first: () => first,
  of(guild) {
    const found = all.find((each) => each.guild.id === guild);
    if (found === undefined) throw new ApiError(404, 10_004, "Unknown Guild");
    return found;
  },
  ofChannel: (channel) => all.find(({ guild }) => guild.channels.has(channel)) ?? first,
});

/** The REST API and the gateway on one port, and the guilds behind them. */
const openServers = async (
  first: GuildState,
  { port: listenOn = 0, gateway: limits = {} }: EmulatorOptions,
  voice: VoiceServer,
  oauth: OAuth,
  faults: RestFault[],
  violation: (text: string) => void,
) => {
  const guilds: GuildState[] = [first];
  const contexts: GuildContext[] = [];
  const bots = new Map([BOT_ID, ...first.helpers.map(({ id }) => id)].map((bot) => [tokenOf(bot), bot] as const));
  const rest = { bots, ownBot: BOT_ID, grantOf: oauth.grantOf, faults, violation };
  const { server, route, limited } = createRestServer(rest);
  server.listen(listenOn, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}`;
  const gatewayAddress = () => `ws://127.0.0.1:${port}/gateway`;
  const gateway = openGateway(server, guilds, {
    bots,
    address: gatewayAddress,
    limits,
    onVoiceState: (payload, session) =>
      contexts.find(({ guild }) => guild.id === payload.guild_id)?.voiceStates.onVoiceStateUpdate(payload, session),
    onSessionEnd: (guild, session) =>
      contexts.find((each) => each.guild.id === guild)?.voiceStates.onSessionEnd(session),
    violation,
  });
  const interactions = createInteractions(first.snowflake, violation);
  const attachments = createAttachmentStore(first, () => address);
  const activities = createActivities(oauth, () => address);

  const addContext = (guild: GuildState): GuildContext => {
    const ofGuild = gateway.of(guild.id);
    const voiceStates = createVoiceStates(guild, voice, () => ofGuild);
    const messages = createMessages(guild, () => address, ofGuild.dispatch);
    const context: GuildContext = {
      guild,
      gateway: ofGuild,
      messages,
      interactions,
      attachments,
      voiceStates,
      activities,
      violation,
    };
    contexts.push(context);
    addCommandRoutes(route, context, guild.id);
    addGuildRoutes(route, context);
    addScheduledEventRoutes(route, context);
    return context;
  };
  const context = addContext(first);
  const registry = createRegistry(context, contexts);
  const anyMember = (user: string) => guilds.map(({ members }) => members.get(user)).find(Boolean);
  const gatewayBot = (bot: string) => ({ url: gatewayAddress(), ...gateway.limits(bot) });
  addApplicationRoutes(route, context, gatewayBot, anyMember, guilds);
  addOAuthRoutes(route, oauth, guilds);
  addCommandRoutes(route, context);
  addChannelRoutes(route, registry);
  addInteractionRoutes(route, registry);

  return {
    context,
    shards: gateway.shards,
    limited,
    apiBase: `${address}/api`,
    /** Creates a further guild, which invites the bot. */
    createGuild(name: string, id?: string): GuildContext {
      const guild = createFurtherGuild(name, first, id);
      for (const member of guild.members.values()) member.online = gateway.of(guild.id).hasSession(member.id);
      guilds.push(guild);
      const created = addContext(guild);
      created.gateway.dispatch("GUILD_CREATE", guildJson(guild));
      return created;
    },
    close() {
      gateway.shutDown();
      server.closeAllConnections();
      server.close();
    },
  };
};

/**
 * Opens a Discord on the loopback interface, with one guild and nobody in it but the bot.
 * @returns the emulator; `close` it when the test is over, which says whether the bot broke Discord's rules
 */
export const openEmulator = async (options: EmulatorOptions = {}): Promise<Emulator> => {
  const { name: botName = "Bot", permissions = DEFAULT_BOT_PERMISSIONS } = options.bot ?? {};
  const helpers = helperProfiles(
    (options.helpers ?? []).map((helper) => ({ permissions: DEFAULT_BOT_PERMISSIONS, ...helper })),
  );
  const first = createFirstGuild(options.guildName ?? "Test Server", { name: botName, permissions }, helpers);
  const { worldIn, onTrouble = (sentence) => void process.stderr.write(`${sentence}\n`) } = options;
  const kept = worldIn === undefined ? undefined : await keepWorld(first, worldIn, onTrouble);
  const faults: RestFault[] = [];
  const violations: string[] = [];
  const violation = (text: string) => void (violations.length < MOST_VIOLATIONS && violations.push(text));
  const voice = await startVoiceServer(options);
  const oauth = createOAuth();
  const servers = await openServers(first, options, voice, oauth, faults, violation);
  const furtherGuilds = new Map<string, EmulatedGuild>();

  return {
    ...createEmulatedGuild(servers.context, voice, faults),
    apiBase: servers.apiBase,
    certificateAuthority: voice.certificateAuthority,
    token: tokenOf(BOT_ID),
    helpers: helpers.map(({ id, name }) => ({ id, name, token: tokenOf(id) })),
    applicationId: BOT_ID,
    clientSecret: CLIENT_SECRET,
    authorise: oauth.authorise,
    botName,
    voice,
    waitUntil,
    shards: servers.shards,
    rateLimited: servers.limited,
    createGuild(name, { id } = {}) {
      const guild = furtherGuilds.get(name) ?? createEmulatedGuild(servers.createGuild(name, id), voice, faults);
      furtherGuilds.set(name, guild);
      return guild;
    },
    onChange: first.onChange,
    commands: () => [...first.commands.values()],
    get violations() {
      return [...violations, ...voice.violations];
    },
    async close() {
      servers.close();
      await voice.close();
      await kept?.close();
      const found = [...violations, ...voice.violations];
      if (found.length > 0) throw new Error(`The bot broke Discord's rules:\n${found.join("\n")}`);
    },
  };
};
