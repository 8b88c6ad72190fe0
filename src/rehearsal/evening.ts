import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { PermissionFlagsBits } from "discord-api-types/v10";
import { type Gateway, openGateway } from "./gateway.ts";
import { hear } from "./heard.ts";
import { createInteractions } from "./interactions.ts";
import { createMessages } from "./messages.ts";
import { createPeople, shown } from "./people.ts";
import { createRest, type Fault, Refusal } from "./rest.ts";
import { addApplicationRoutes, addChannelRoutes, addInteractionRoutes } from "./routes.ts";
import type { Evening, RehearsalChannel } from "./scenario.ts";
import { createSeats } from "./seats.ts";
import type { HeardPacket } from "./voice/contract.ts";
import { startVoiceServer } from "./voice/voiceServer.ts";
import { BOT_ID, channelJson, createWorld, GUILD_ID, guildJson, type WorldChannel } from "./world.ts";

/** A token of the shape of Discord's; it opens nothing but a rehearsal. */
const TOKEN = `${Buffer.from(BOT_ID).toString("base64url")}.rehearsal.a-token-for-this-machine-alone`;
const TYPES = { text: 0, voice: 2, stage: 13 } as const;
const KINDS = { 0: "text", 2: "voice", 13: "stage" } as const;

/**
 * Opens a Discord of one's own on the loopback interface.
 * @param options.certificatesIn folder in which the voice server's certificates are kept for the next time
 */
export const openEvening = async (options: { certificatesIn?: string } = {}): Promise<Evening> => {
  const world = createWorld();
  const violations: string[] = [];
  const faults: Fault[] = [];
  const violation = (text: string) => void (violations.length < 1_000 && violations.push(text));
  const voice = await startVoiceServer(options);
  const { server, route } = createRest({ token: TOKEN, faults, violation });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}`;
  const gatewayAddress = () => `ws://127.0.0.1:${port}/gateway`;
  const gateway: Gateway = openGateway(server, world, {
    token: TOKEN,
    address: gatewayAddress,
    onVoiceState: (payload) => seats.botAsks(payload),
    violation,
  });
  const seats = createSeats(world, voice, () => gateway);
  const messages = createMessages(world, () => address, gateway.dispatch);
  const interactions = createInteractions(world, violation);
  const parts = { world, gateway, messages, interactions, seats, violation };
  addApplicationRoutes(route, parts, gatewayAddress);
  addChannelRoutes(route, parts);
  addInteractionRoutes(route, parts);
  route(
    "GET",
    "/attachments/:message/:file/:name",
    () => {
      throw new Refusal(404, 0, "404: Not Found");
    },
    true,
  );
  const people = createPeople(parts);

  const channelApi = (channel: WorldChannel): RehearsalChannel => {
    const announce = () => {
      gateway.dispatch("CHANNEL_UPDATE", channelJson(channel));
      world.changed();
    };
    const bits = (names: readonly string[]) => {
      let sum = 0n;
      for (const name of names) {
        const key = name.toLowerCase().replaceAll(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
        const bit =
          { UseVad: PermissionFlagsBits.UseVAD }[key] ?? PermissionFlagsBits[key as keyof typeof PermissionFlagsBits];
        if (bit === undefined) throw new Error(`There is no permission "${name}".`);
        sum |= bit;
      }
      return sum;
    };
    return {
      id: channel.id,
      name: channel.name,
      setUserLimit(limit) {
        channel.userLimit = limit;
        announce();
      },
      denyBot(...names) {
        channel.denied |= bits(names);
        announce();
        if (world.voiceStates.get(BOT_ID)?.channelId === channel.id) {
          const speak = (world.botPermissions(channel.id) & PermissionFlagsBits.Speak) !== 0n;
          if (!speak) seats.sit(BOT_ID, channel.id, { suppress: true });
        }
      },
      allowBot(...names) {
        channel.denied &= ~bits(names);
        announce();
        if (world.voiceStates.get(BOT_ID)?.channelId === channel.id && channel.type === 2) {
          seats.sit(BOT_ID, channel.id, { suppress: false });
        }
      },
      delete() {
        world.channels.delete(channel.id);
        for (const [user, state] of [...world.voiceStates])
          if (state.channelId === channel.id) seats.sit(user, undefined);
        gateway.dispatch("CHANNEL_DELETE", channelJson(channel));
        world.changed();
      },
    };
  };

  const until: Evening["until"] = (description, condition, limit = 10_000) =>
    new Promise((resolve, reject) => {
      const started = performance.now();
      const look = setInterval(() => {
        if (condition()) done(resolve);
        else if (performance.now() - started > limit)
          done(() => reject(new Error(`Waited ${limit} ms in vain until ${description}.`)));
      }, 20);
      const done = (run: () => void) => {
        clearInterval(look);
        run();
      };
    });

  const botState = () => world.voiceStates.get(BOT_ID);
  const botSits = (flags: Parameters<typeof seats.sit>[2]) => seats.sit(BOT_ID, botState()?.channelId, flags);

  const evening: Evening = {
    apiBase: `${address}/api`,
    certificateAuthority: voice.certificateAuthority,
    token: TOKEN,
    guild: GUILD_ID,
    voice,
    member: people.member,
    channel(name, { kind = "voice", userLimit } = {}) {
      const known = world.channelNamed(name);
      const channel = known ?? world.addChannel(name, TYPES[kind]);
      if (userLimit !== undefined) channel.userLimit = userLimit;
      if (known === undefined) gateway.dispatch("CHANNEL_CREATE", channelJson(channel));
      world.changed();
      return channelApi(channel);
    },
    async listen(duration, { as, channel } = {}) {
      const place = channel === undefined ? botState()?.channelId : world.channelNamed(channel)?.id;
      const user =
        as === undefined
          ? [...world.voiceStates].find(([id, state]) => id !== BOT_ID && (place === undefined || state.channelId === place))?.[0]
          : world.memberNamed(as)?.id;
      const ears = user === undefined ? undefined : seats.earsOf(user);
      if (ears === undefined)
        throw new Error("Nobody sits there to listen: let a member join the bot's channel first.");
      const packets: HeardPacket[] = [];
      const from = performance.now();
      const stop = ears.onPacket((packet) => packets.push(packet));
      await new Promise((resolve) => setTimeout(resolve, duration));
      stop();
      return hear(packets, from, duration, { ...voice.counts });
    },
    botChannel: () => world.channels.get(botState()?.channelId ?? "")?.name,
    until,
    messages: (channel) =>
      [...world.messages.values()]
        .filter(
          (each) =>
            each.onlyFor === undefined &&
            (channel === undefined || world.channels.get(each.channelId)?.name === channel),
        )
        .map((each) => shown(world, each)),
    onChange: (run) => world.onChange(run),
    commands: () => [...world.commands.values()],
    channels: () =>
      [...world.channels.values()].map(({ id, name, type, userLimit, status }) => ({
        id,
        name,
        kind: KINDS[type],
        userLimit,
        ...(status !== undefined && { status }),
      })),
    people: () =>
      [...world.members.values()]
        .filter((each) => !each.bot || each.online)
        .map(({ id, name, bot, online }) => {
          const state = world.voiceStates.get(id);
          const voiceView = state && {
            channel: world.channels.get(state.channelId)?.name ?? "",
            muted: state.mute || state.selfMute,
            deafened: state.deaf || state.selfDeaf,
            suppressed: state.suppress,
          };
          return { id, name, bot, online, ...(voiceView && { voice: voiceView }) };
        }),
    faults: {
      dropGateway: (code) => gateway.close(code),
      invalidateSession(resumable) {
        gateway.send({ op: 9, d: resumable });
        if (!resumable) gateway.forget();
      },
      askToReconnect: () => gateway.send({ op: 7, d: null }),
      swallowVoiceStates: seats.swallow,
      nullEndpoint: seats.nullEndpointNext,
      async migrate() {
        seats.migrate();
      },
      disconnectBot: () => seats.sit(BOT_ID, undefined),
      moveBot: (name) => seats.sit(BOT_ID, world.channelNamed(name)?.id),
      suppressBot: (on) => botSits({ suppress: on }),
      serverMuteBot: (on) => botSits({ mute: on }),
      outage(on) {
        world.outage = on;
        if (on) {
          if (botState() !== undefined) voice.dismiss(GUILD_ID as never, BOT_ID as never);
          world.voiceStates.delete(BOT_ID);
          gateway.dispatch("GUILD_DELETE", { id: GUILD_ID, unavailable: true });
        } else gateway.dispatch("GUILD_CREATE", guildJson(world));
      },
      kickBot() {
        seats.sit(BOT_ID, undefined);
        world.botIsMember = false;
        gateway.dispatch("GUILD_DELETE", { id: GUILD_ID });
      },
      failRest: (path, status, times, retryAfter) =>
        void faults.push({ path, status, times, ...(retryAfter !== undefined && { retryAfter }) }),
      delayRest: (path, delay, times) => void faults.push({ path, delay, times }),
      resetRest: (path, times) => void faults.push({ path, times, reset: true }),
    },
    get violations() {
      return [...violations, ...voice.violations];
    },
    async close() {
      const found = evening.violations;
      gateway.stop();
      server.closeAllConnections();
      server.close();
      await voice.close();
      if (found.length > 0) throw new Error(`The bot broke Discord's rules:\n${found.join("\n")}`);
    },
  };
  return evening;
};
