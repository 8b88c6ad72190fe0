import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { EmulatorOptions, Evening, GuildScene } from "./api.ts";
import { openGateway } from "./gateway/gateway.ts";
import { createSeats } from "./gateway/voiceStates.ts";
import { createInteractions } from "./interactions/interactions.ts";
import { createCounter } from "./messages/attachments.ts";
import { createMessages } from "./messages/messages.ts";
import { addApplicationRoutes, addCommandRoutes } from "./rest/applicationRoutes.ts";
import { addChannelRoutes } from "./rest/channelRoutes.ts";
import type { Guilds, Parts } from "./rest/guildContext.ts";
import { addGuildRoutes } from "./rest/guildRoutes.ts";
import { addInteractionRoutes } from "./rest/interactionRoutes.ts";
import { addEventRoutes } from "./rest/scheduledEventRoutes.ts";
import { createRest, type Fault } from "./rest/server.ts";
import { openScene } from "./scenario/guildScenario.ts";
import { ApiError } from "./shared/apiError.ts";
import { BOT_ID, createFurtherWorld, createWorld, DEFAULT_BOT_PERMISSIONS, type World } from "./state/guildState.ts";
import { guildJson } from "./state/objects.ts";
import type { VoiceServer } from "./voice/types.ts";
import { startVoiceServer } from "./voice/voiceServer.ts";

/** A token of the shape of Discord's; it opens nothing but an emulator. */
const TOKEN = `${Buffer.from(BOT_ID).toString("base64url")}.emulator.a-token-for-this-machine-alone`;
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

/** The REST API, the gateway and the voice server, and the guilds behind them. */
const openDiscord = async (first: World, voice: VoiceServer, faults: Fault[], violation: (text: string) => void) => {
  const worlds: World[] = [first];
  const open: Parts[] = [];
  const { server, route } = createRest({ token: TOKEN, faults, violation });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}`;
  const gatewayAddress = () => `ws://127.0.0.1:${port}/gateway`;
  const gateway = openGateway(server, worlds, {
    token: TOKEN,
    address: gatewayAddress,
    onVoiceState: (payload) => open.find(({ world }) => world.guild === payload.guild_id)?.seats.botAsks(payload),
    onLost() {
      for (const { seats } of open) seats.sit(BOT_ID, undefined);
    },
    violation,
  });
  const interactions = createInteractions(first.snowflake, violation);
  const counter = createCounter(first, () => address);

  const settle = (world: World): Parts => {
    const seats = createSeats(world, voice, () => gateway);
    const messages = createMessages(world, () => address, gateway.dispatch);
    const parts: Parts = { world, gateway, messages, interactions, counter, seats, violation };
    open.push(parts);
    addCommandRoutes(route, parts, world.guild);
    addGuildRoutes(route, parts);
    addEventRoutes(route, parts);
    return parts;
  };
  const parts = settle(first);
  const guilds: Guilds = {
    all: () => open,
    of(guild) {
      const found = open.find(({ world }) => world.guild === guild);
      if (found === undefined) throw new ApiError(404, 10_004, "Unknown Guild");
      return found;
    },
    ofChannel: (channel) => open.find(({ world }) => world.channels.has(channel)) ?? parts,
  };
  const memberAnywhere = (user: string) => worlds.map(({ members }) => members.get(user)).find(Boolean);
  addApplicationRoutes(route, parts, gatewayAddress, memberAnywhere);
  addCommandRoutes(route, parts);
  addChannelRoutes(route, guilds);
  addInteractionRoutes(route, guilds);

  /** A guild that is founded now, and invites the bot. */
  const found = (name: string): Parts => {
    const world = createFurtherWorld(name, first);
    world.members.get(BOT_ID)!.online = gateway.known();
    worlds.push(world);
    const founded = settle(world);
    gateway.dispatch("GUILD_CREATE", guildJson(world));
    return founded;
  };
  const close = () => {
    gateway.stop();
    server.closeAllConnections();
    server.close();
  };
  return { parts, found, apiBase: `${address}/api`, close };
};

/** Opens a Discord on the loopback interface, with one guild and nobody in it but the bot. */
export const openEvening = async (options: EmulatorOptions = {}): Promise<Evening> => {
  const { name: botName = "Bot", permissions = DEFAULT_BOT_PERMISSIONS } = options.bot ?? {};
  const first = createWorld(options.guildName ?? "Test Server", { name: botName, permissions });
  const faults: Fault[] = [];
  const violations: string[] = [];
  const violation = (text: string) => void (violations.length < MOST_VIOLATIONS && violations.push(text));
  const voice = await startVoiceServer(options);
  const { parts, found, apiBase, close } = await openDiscord(first, voice, faults, violation);
  const { world } = parts;
  const others = new Map<string, GuildScene>();

  return {
    ...openScene(parts, voice, faults),
    apiBase,
    certificateAuthority: voice.certificateAuthority,
    token: TOKEN,
    botName,
    voice,
    until,
    another(name) {
      const scene = others.get(name) ?? openScene(found(name), voice, faults);
      others.set(name, scene);
      return scene;
    },
    onChange: world.onChange,
    commands: () => [...world.commands.values()],
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
