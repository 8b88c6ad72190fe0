import { Client, Events, GatewayIntentBits, Options } from "discord.js";
import { commands, components, messageCommands, modals } from "../commands/all.ts";
import type { CommandContext } from "../commands/command.ts";
import { createGuildLocale } from "../i18n/guildLocale.ts";
import { type Clock, systemClock } from "../kernel/clock.ts";
import type { UserError } from "../kernel/errors.ts";
import { type GuildId, id } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { plainName } from "../kernel/names.ts";
import { minutes } from "../kernel/units.ts";
import { createAppendToPanel } from "../panel/appendToPanel.ts";
import { panelButtons } from "../panel/panelButtons.ts";
import { createPanels } from "../panel/panels.ts";
import type { ChannelAccess } from "../ports/channelAccess.ts";
import type { Announce, AppendToPanel, Panels, Settings, VoiceChannels, VoiceMembers } from "../ports/guild.ts";
import type { VoiceGateway } from "../ports/player.ts";
import type { ScheduledEvents } from "../ports/programmes.ts";
import { createAnnounce } from "./announcements.ts";
import { welcomeMessage } from "./doctor.ts";
import { createIdentifyLimit } from "./identifyLimit.ts";
import { adaptInteraction } from "./interaction.ts";
import { limitInvalidRequests } from "./invalidRequestLimit.ts";
import { inviteLink, missingPermissions } from "./invite.ts";
import { fatalClose, login } from "./login.ts";
import { register } from "./registration.ts";
import { createRouter } from "./router.ts";
import { createScheduledEvents } from "./scheduledEvents.ts";
import { becomeSpeakerOnStages } from "./stage.ts";
import { leaveStaleVoiceStates } from "./staleVoiceStates.ts";
import { createVoiceChannels } from "./voiceChannels.ts";
import { reportVoiceEvents } from "./voiceEvents.ts";
import { createVoiceGateway } from "./voiceGateway.ts";
import { createVoiceMembers, type FindConsenting } from "./voiceMembers.ts";
import { createVoiceStatus, type VoiceStatus } from "./voiceStatus.ts";

const noConsents: FindConsenting = async () => [];

const REGISTER_RETRY = minutes(1);

export interface DiscordOptions {
  readonly token: string;
  /** Without the version, e.g. `https://discord.com/api`. */
  readonly apiBase: string;
  /** File in which log-ins are counted over the starts of a day; absent: they are not. */
  readonly identifyFile?: string;
  /** Who agreed to be disconnected at the end of a timer; absent: nobody. */
  readonly consentsToDisconnect?: FindConsenting;
  /** Which language a guild has chosen; absent: each its Discord's. */
  readonly settings?: Pick<Settings, "of">;
  readonly log: Log;
  readonly clock?: Clock;
  /** The gateway has refused the bot for good: leave with this reason, and do not start again. Called at most once. */
  onRefused(reason: UserError): void;
}

/** A guild that lacks something. */
interface MissingPermissions {
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
  readonly voiceChannels: VoiceChannels;
  readonly panels: Panels;
  readonly voiceMembers: VoiceMembers;
  readonly channelAccess: ChannelAccess;
  readonly scheduledEvents: ScheduledEvents;
  readonly voiceStatus: VoiceStatus;
  /** Writes a line that wakes nobody; failing is logged. */
  readonly announce: Announce;
  /** Whether the guild can be served now. */
  isAvailable(guild: GuildId): boolean;
  /** Whether the bot is in the guild, be it in an outage. */
  isInGuild(guild: GuildId): boolean;
  /** Calls back when a guild sends the bot away. */
  onGuildLeft(told: (guild: GuildId) => void): void;
  /** Adds a line to a panel that is over, silently. */
  readonly appendToPanel: AppendToPanel;
  /** How many guilds the bot is in. */
  guildCount(): number;
  guildsMissingPermissions(): readonly MissingPermissions[];
  /** Begins to answer, and registers the commands where they differ from what Discord has. */
  serve(context: Omit<CommandContext, "voiceChannels" | "channelAccess" | "sayInGuild" | "now">): Promise<void>;
  /** Leaves where the bot still sits from before it was cut off and nothing plays; once the sessions are back. */
  leaveStaleVoiceStates(plays: (guild: GuildId) => boolean): void;
  close(): Promise<void>;
}

/**
 * Logs in to Discord, or to any server that speaks as Discord does.
 * @throws UserError that names the variable when the token is refused or the server cannot be reached
 */
export const openDiscord = async (options: DiscordOptions): Promise<Discord> => {
  const { token, apiBase, consentsToDisconnect = noConsents, log, onRefused, clock = systemClock } = options;
  const identifies =
    options.identifyFile === undefined ? undefined : createIdentifyLimit(options.identifyFile, clock, log);
  const exhausted = identifies?.exhausted();
  if (exhausted !== undefined) throw exhausted;
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildVoiceStates],
    allowedMentions: { parse: [] },
    // Messages come with interactions alone, and none is needed twice.
    makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 0 }),
    ...(identifies && { ws: { buildIdentifyThrottler: identifies.throttlerFor((reason) => onRefused(reason)) } }),
    rest: { api: apiBase, makeRequest: limitInvalidRequests(clock, log) },
  });
  client.on(Events.Error, (error) => log.error("The client failed", { error }));
  client.on(Events.Warn, (message) => log.warn(message));
  client.on(Events.ShardError, (error) => log.warn("The gateway connection failed", { error }));
  client.on(Events.ShardReconnecting, () => log.info("The gateway is being connected again"));
  const roomSay = createGuildLocale((guild) => client.guilds.cache.get(guild)?.preferredLocale, options.settings, log);
  const announce = createAnnounce(client, roomSay, log);
  client.on(Events.GuildCreate, (guild) => {
    const missing = missingPermissions(guild);
    if (missing.length > 0) log.warn("A new guild lacks permissions", { guild: guild.id, name: guild.name, missing });
    const greets = welcomeMessage(client, guild);
    if (greets !== undefined) void announce(id<GuildId>(guild.id), greets.channel, greets.text);
  });
  client.on(Events.ShardResume, () => log.info("The gateway has resumed"));

  const voiceChannels = createVoiceChannels(client);
  const voiceGateway = createVoiceGateway(client, voiceChannels);
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
      if (!closed) clock.after(REGISTER_RETRY, () => void registerCommands());
    }
  };

  return {
    name: ready.user.username,
    invite: inviteLink(ready.application.id),
    voiceGateway,
    voiceChannels,
    panels: createPanels(client, roomSay, clock, log),
    voiceMembers: createVoiceMembers(client, consentsToDisconnect, log),
    channelAccess: voiceChannels,
    scheduledEvents: createScheduledEvents(client, roomSay, log),
    voiceStatus,
    announce,
    isInGuild: (guild) => client.guilds.cache.has(guild),
    onGuildLeft: (told) => void client.on(Events.GuildDelete, (guild) => told(id<GuildId>(guild.id))),
    isAvailable: (guild) => client.isReady() && client.guilds.cache.get(guild)?.available === true,
    appendToPanel: createAppendToPanel(client, roomSay),
    guildCount: () => ready.guilds.cache.size,
    guildsMissingPermissions: () =>
      ready.guilds.cache
        .map((guild) => ({ guild: plainName(guild.name), missing: missingPermissions(guild) }))
        .filter(({ missing }) => missing.length > 0),
    async serve(context) {
      const router = createRouter({
        commands,
        components: [...panelButtons, ...components],
        messageCommands,
        modals,
        context: {
          ...context,
          voiceChannels,
          channelAccess: voiceChannels,
          sayInGuild: roomSay.forGuild,
          now: clock.now,
        },
        clock,
        log,
      });
      client.on(Events.InteractionCreate, (interaction) => {
        const asked = adaptInteraction(interaction);
        if (asked !== undefined) void router.handle(asked);
      });
      reportVoiceEvents(client, context.sessions, context.listenerService, log);
      becomeSpeakerOnStages(client, log);
      await registerCommands();
    },
    leaveStaleVoiceStates: (plays) => leaveStaleVoiceStates(client, plays),
    async close() {
      closed = true;
      await voiceStatus.close();
      await client.destroy();
    },
  };
};
