import { Client, Events, GatewayIntentBits, Options } from "discord.js";
import { commands, controls, forms, messageCommands } from "../commands/all.ts";
import type { Doors, House } from "../commands/command.ts";
import type { Members, Panels, Rooms, Settings, VoiceGateway } from "../host/ports.ts";
import type { EventBoard, WriteLine } from "../host/schedulePorts.ts";
import { type Clock, systemClock } from "../kernel/clock.ts";
import type { UserError } from "../kernel/errors.ts";
import { type GuildId, id } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { plainName } from "../kernel/names.ts";
import { minutes } from "../kernel/units.ts";
import { greeting } from "./examine.ts";
import { countIdentifies } from "./identifies.ts";
import { incoming } from "./incoming.ts";
import { inviteLink, missingPermissions } from "./invite.ts";
import { fatalClose, login } from "./login.ts";
import { type Agreed, createMembers } from "./members.ts";
import { createNotes } from "./notes.ts";
import { createPanels } from "./panels.ts";
import { register } from "./registration.ts";
import { guardRequests } from "./requestGuard.ts";
import { reportRooms } from "./roomEvents.ts";
import { createRoomSay } from "./roomSay.ts";
import { roomsOf } from "./rooms.ts";
import { createRouter } from "./router.ts";
import { createEventBoard } from "./scheduledEvents.ts";
import { speakOnStages } from "./stage.ts";
import { leaveStaleSeats } from "./staleSeats.ts";
import { createTellOnPanel, type TellOnPanel } from "./tellOnPanel.ts";
import { voiceGatewayOf } from "./voiceGateway.ts";
import { createVoiceStatus, type VoiceStatus } from "./voiceStatus.ts";

const nobody: Agreed = async () => [];

const REGISTER_AGAIN = minutes(1);

export interface DiscordOptions {
  readonly token: string;
  /** Without the version, e.g. `https://discord.com/api`. */
  readonly apiBase: string;
  /** File in which log-ins are counted over the starts of a day; absent: they are not. */
  readonly identifies?: string;
  /** Who agreed to be disconnected at the end of a timer; absent: nobody. */
  readonly agreed?: Agreed;
  /** Which language a guild has chosen; absent: each its Discord's. */
  readonly settings?: Pick<Settings, "of">;
  readonly log: Log;
  readonly clock?: Clock;
  /** The gateway has refused the bot for good: leave with this reason, and do not start again. Called at most once. */
  onRefused(reason: UserError): void;
}

/** A guild that lacks something. */
interface Lack {
  readonly guild: string;
  /** Permissions in the words of Discord's settings. */
  readonly missing: readonly string[];
}

/** A bot that is logged in. First it lends its ports; then, when the sessions are there, it serves. */
export interface Discord {
  /** The bot's name. */
  readonly name: string;
  /** Address with which a guild invites the bot. */
  readonly invite: string;
  readonly voiceGateway: VoiceGateway;
  readonly rooms: Rooms;
  readonly panels: Panels;
  readonly members: Members;
  readonly doors: Doors;
  readonly events: EventBoard;
  readonly voiceStatus: VoiceStatus;
  /** Writes a line that wakes nobody; failing is logged. */
  readonly writeLine: WriteLine;
  /** Whether the guild can be served now. */
  isHere(guild: GuildId): boolean;
  /** Whether the bot is in the guild, be it in an outage. */
  isMember(guild: GuildId): boolean;
  /** Calls back when a guild sends the bot away. */
  onFarewell(told: (guild: GuildId) => void): void;
  /** Adds a line to a panel that is over, silently. */
  readonly tellOnPanel: TellOnPanel;
  /** How many guilds the bot is in. */
  guilds(): number;
  lacks(): readonly Lack[];
  /** Begins to answer, and registers the commands where they differ from what Discord has. */
  serve(house: Omit<House, "rooms" | "doors" | "sayTo" | "now">): Promise<void>;
  /** Leaves where the bot still sits from before it was cut off and nothing plays; once the sessions are back. */
  leaveStaleSeats(plays: (guild: GuildId) => boolean): void;
  close(): Promise<void>;
}

/**
 * Logs in to Discord, or to any server that speaks as Discord does.
 * @throws UserError that names the variable when the token is refused or the server cannot be reached
 */
export const openDiscord = async (options: DiscordOptions): Promise<Discord> => {
  const { token, apiBase, agreed = nobody, log, onRefused, clock = systemClock } = options;
  const identifies = options.identifies === undefined ? undefined : countIdentifies(options.identifies, clock, log);
  const exhausted = identifies?.exhausted();
  if (exhausted !== undefined) throw exhausted;
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildVoiceStates],
    allowedMentions: { parse: [] },
    // Messages come with interactions alone, and none is needed twice.
    makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 0 }),
    ...(identifies && { ws: { buildIdentifyThrottler: identifies.throttlerFor((reason) => onRefused(reason)) } }),
    rest: { api: apiBase, makeRequest: guardRequests(clock, log) },
  });
  client.on(Events.Error, (error) => log.error("The client failed", { error }));
  client.on(Events.Warn, (message) => log.warn(message));
  client.on(Events.ShardError, (error) => log.warn("The gateway connection failed", { error }));
  client.on(Events.ShardReconnecting, () => log.info("The gateway is being connected again"));
  const roomSay = createRoomSay((guild) => client.guilds.cache.get(guild)?.preferredLocale, options.settings, log);
  const writeLine = createNotes(client, roomSay, log);
  client.on(Events.GuildCreate, (guild) => {
    const missing = missingPermissions(guild);
    if (missing.length > 0) log.warn("A new guild lacks permissions", { guild: guild.id, name: guild.name, missing });
    const greets = greeting(client, guild);
    if (greets !== undefined) void writeLine(id<GuildId>(guild.id), greets.channel, greets.text);
  });
  client.on(Events.ShardResume, () => log.info("The gateway has resumed"));

  const rooms = roomsOf(client);
  const voiceGateway = voiceGatewayOf(client, rooms);
  const voiceStatus = createVoiceStatus(client, roomSay, clock, log);
  const ready = await login(client, token, apiBase);

  let closed = false;
  client.on(Events.ShardDisconnect, ({ code }) => {
    const reason = fatalClose(code);
    if (closed || reason === undefined) return;
    closed = true;
    log.error("The gateway has refused the bot", { code });
    onRefused(reason);
  });

  const registerCommands = async (): Promise<void> => {
    try {
      const changed = await register(ready.rest, ready.application.id, commands, messageCommands);
      log.info(changed ? "The commands are registered anew" : "The commands are as Discord has them");
    } catch (error) {
      log.error("The commands could not be registered; trying again in a minute", { error });
      if (!closed) clock.after(REGISTER_AGAIN, () => void registerCommands());
    }
  };

  return {
    name: ready.user.username,
    invite: inviteLink(ready.application.id),
    voiceGateway,
    rooms,
    panels: createPanels(client, roomSay, clock, log),
    members: createMembers(client, agreed, log),
    doors: rooms,
    events: createEventBoard(client, roomSay, log),
    voiceStatus,
    writeLine,
    isMember: (guild) => client.guilds.cache.has(guild),
    onFarewell: (told) => void client.on(Events.GuildDelete, (guild) => told(id<GuildId>(guild.id))),
    isHere: (guild) => client.isReady() && client.guilds.cache.get(guild)?.available === true,
    tellOnPanel: createTellOnPanel(client, roomSay),
    guilds: () => ready.guilds.cache.size,
    lacks: () =>
      ready.guilds.cache
        .map((guild) => ({ guild: plainName(guild.name), missing: missingPermissions(guild) }))
        .filter(({ missing }) => missing.length > 0),
    async serve(house) {
      const router = createRouter({
        commands,
        controls,
        messageCommands,
        forms,
        house: { ...house, rooms, doors: rooms, sayTo: roomSay.of, now: clock.now },
        clock,
        log,
      });
      client.on(Events.InteractionCreate, (interaction) => {
        const asked = incoming(interaction);
        if (asked !== undefined) void router.handle(asked);
      });
      reportRooms(client, house.sessions, house.care, log);
      speakOnStages(client, log);
      await registerCommands();
    },
    leaveStaleSeats: (plays) => leaveStaleSeats(client, plays),
    async close() {
      closed = true;
      await voiceStatus.close();
      await client.destroy();
    },
  };
};
