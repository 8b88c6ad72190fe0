import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { addApplicationRoutes, addCommandRoutes } from "./applicationRoutes.ts";
import { addChannelRoutes } from "./channelRoutes.ts";
import { addEventRoutes } from "./eventRoutes.ts";
import { openGateway } from "./gateway.ts";
import { addGuildRoutes } from "./guildRoutes.ts";
import { openScene } from "./guildScene.ts";
import { createCounter } from "./handed.ts";
import { addInteractionRoutes } from "./interactionRoutes.ts";
import { createInteractions } from "./interactions.ts";
import { createMessages } from "./messages.ts";
import { guildJson } from "./objects.ts";
import type { Guilds, Parts } from "./parts.ts";
import { createRest, type Fault, Refusal } from "./rest.ts";
import type { Evening, GuildScene } from "./scenario.ts";
import { createSeats } from "./seats.ts";
import type { VoiceServer } from "./voice/contract.ts";
import { startVoiceServer } from "./voice/voiceServer.ts";
import { BOT_ID, createWorld, type World } from "./world.ts";

/** A token of the shape of Discord's; it opens nothing but a rehearsal. */
const TOKEN = `${Buffer.from(BOT_ID).toString("base64url")}.rehearsal.a-token-for-this-machine-alone`;
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
const openDiscord = async (voice: VoiceServer, faults: Fault[], violation: (text: string) => void) => {
  const first = createWorld();
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
      if (found === undefined) throw new Refusal(404, 10_004, "Unknown Guild");
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
    const world = createWorld(first.snowflake(), name, first);
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

/**
 * Opens a Discord of one's own on the loopback interface.
 * @param options.certificatesIn folder in which the voice server's certificates are kept for the next time
 */
export const openEvening = async (options: { certificatesIn?: string } = {}): Promise<Evening> => {
  const faults: Fault[] = [];
  const violations: string[] = [];
  const violation = (text: string) => void (violations.length < MOST_VIOLATIONS && violations.push(text));
  const voice = await startVoiceServer(options);
  const { parts, found, apiBase, close } = await openDiscord(voice, faults, violation);
  const { world } = parts;
  const others = new Map<string, GuildScene>();

  return {
    ...openScene(parts, voice, faults),
    apiBase,
    certificateAuthority: voice.certificateAuthority,
    token: TOKEN,
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
