import { type Client, Events, type GuildTextBasedChannel, type Interaction } from "discord.js";
import { commands, components, messageCommands, modals } from "../commands/all.ts";
import type { Command, CommandContext } from "../commands/command.ts";
import { remote } from "../commands/playback/remote.ts";
import { starterButtons } from "../commands/server/starters.ts";
import { createGuildLocale, type GuildLocale } from "../i18n/guildLocale.ts";
import { systemClock } from "../kernel/clock.ts";
import type { UserError } from "../kernel/errors.ts";
import { type GuildId, type HelperId, id, type UserId } from "../kernel/ids.ts";
import { plainName } from "../kernel/names.ts";
import type { PlayerRef } from "../kernel/playerId.ts";
import { createTimeSlices } from "../kernel/timeSlices.ts";
import { minutes } from "../kernel/units.ts";
import type { Replica } from "../leases/replica.ts";
import { createAppendToPanel } from "../panel/appendToPanel.ts";
import { panelButtons } from "../panel/panelButtons.ts";
import type { PanelFaces } from "../panel/panelFaces.ts";
import { createPanels } from "../panel/panels.ts";
import type { ChannelAccess } from "../ports/channelAccess.ts";
import type { Announce, AppendToPanel, Panels, Settings, VoiceChannels, VoiceMembers } from "../ports/guild.ts";
import type { VoiceGateway } from "../ports/player.ts";
import type { ScheduledEvents } from "../ports/programmes.ts";
import { noTelemetry } from "../ports/telemetry.ts";
import { createAnnounce } from "./announcements.ts";
import { writeProblem } from "./botAccess.ts";
import { type ClientOptions, createClient } from "./createClient.ts";
import { welcomeMessage } from "./doctor.ts";
import { type GatewayHealth, watchGateway } from "./gatewayHealth.ts";
import { type HelperBots, openHelpers } from "./helpers.ts";
import { adaptInteraction } from "./interaction.ts";
import { createInteractionGate, type InteractionGate } from "./interactionGate.ts";
import { inviteLink, missingPermissions } from "./invite.ts";
import { fatalClose, login } from "./login.ts";
import { createMembersRights, type MembersRights } from "./memberRights.ts";
import { register } from "./registration.ts";
import { createRouter } from "./router.ts";
import { createScheduledEvents } from "./scheduledEvents.ts";
import { createShardSessions } from "./shardSessions.ts";
import { openShards, type ShardChoice, type Shards } from "./shards.ts";
import { openSharedShards } from "./sharedShards.ts";
import { becomeSpeakerOnStages } from "./stage.ts";
import { leaveStaleVoiceStates } from "./staleVoiceStates.ts";
import { createVoiceChannels } from "./voiceChannels.ts";
import { type ListenersFollower, reportVoiceEvents } from "./voiceEvents.ts";
import { createVoiceGateway } from "./voiceGateway.ts";
import { createVoiceMembers, type FindConsenting } from "./voiceMembers.ts";
import { createVoiceStatus, type VoiceStatus } from "./voiceStatus.ts";

const noConsents: FindConsenting = async () => [];

/** Of a helper that there is not. */
const noVoiceGateway: VoiceGateway = { open: () => ({ send: () => false, close() {} }) };

const REGISTER_RETRY = minutes(1);

/** How to log in, and what the client asks of the bot. */
export interface DiscordOptions extends ClientOptions {
  readonly token: string;
  /** The tokens of further bots, which only speak, by their ids; absent: there are none. */
  readonly helperTokens?: ReadonlyMap<HelperId, string>;
  /** Called with a sentence for the operator when a helper has logged in, or can't. */
  readonly onHelperNews?: (sentence: string) => void;
  /** The shards of this process; absent: all that Discord recommends. */
  readonly shards?: ShardChoice;
  /** Shares the shards with other processes; absent: they are all this one's. */
  readonly replica?: Replica | undefined;
  /** Members who agreed to be disconnected when the timer ends; absent: nobody. */
  readonly consentsToDisconnect?: FindConsenting;
  /** The language that a guild has chosen; absent: the guild's preferred locale. */
  readonly settings?: Pick<Settings, "of">;
  /** The pictures of panels; absent: panels have words alone. */
  readonly faces?: PanelFaces;
  /**
   * The gateway has refused the bot for good: exit with this reason and don't restart. Called at
   * most once.
   */
  onRefused(reason: UserError): void;
}

/** A guild in which the bot lacks permissions. */
interface MissingPermissions {
  readonly guild: string;
  /** Permissions in the words of Discord's settings. */
  readonly missing: readonly string[];
}

/**
 * A logged-in bot. Its ports can be used at once, for the guilds of the shards that are ready; it
 * answers interactions once `serve` is called with the sessions.
 */
export interface Discord {
  /** The bot's name. */
  readonly name: string;
  /** The bot's own user. */
  readonly botUser: UserId;
  /** The application's id. */
  readonly application: string;
  /** The invite link. */
  readonly invite: string;
  readonly shards: Shards;
  readonly gateway: GatewayHealth;
  readonly helpers: Pick<HelperBots, "in" | "mayBeIn" | "ready">;
  readonly voiceGateway: VoiceGateway;
  readonly voiceChannels: VoiceChannels;
  readonly panels: Panels;
  readonly voiceMembers: VoiceMembers;
  readonly channelAccess: ChannelAccess;
  readonly scheduledEvents: ScheduledEvents;
  readonly voiceStatus: VoiceStatus;
  readonly membersRights: MembersRights;
  /** Posts a silent line; a failure is logged. */
  readonly announce: Announce;
  /** Formats messages in the guild's language. */
  readonly sayInGuild: GuildLocale["forGuild"];
  /** Whether the guild is available. */
  isAvailable(guild: GuildId): boolean;
  /** Whether the bot is a member of the guild, even during an outage. */
  isInGuild(guild: GuildId): boolean;
  /** Calls back when the bot is removed from a guild. */
  onGuildLeft(told: (guild: GuildId) => void): void;
  /** Adds a line to the panel of a session that has ended, silently. */
  readonly appendToPanel: AppendToPanel;
  /** The guilds that are known, of the shards that have been ready. */
  guilds(): readonly GuildId[];
  /** How many guilds the bot is in, on the shards that have been ready. */
  guildCount(): number;
  /** Looks at thousands of guilds a few at a time. */
  guildsMissingPermissions(): Promise<readonly MissingPermissions[]>;
  /** Whether Discord has the commands of this version. */
  areCommandsRegistered(): boolean;
  /**
   * Starts answering, and registers the commands if they differ from what Discord has.
   * @param options.hasActivity whether members can open the activity; by default they can't
   * @param options.followers are told of voice channels besides sessions and quiet channels
   */
  serve(
    context: Omit<CommandContext, "voiceChannels" | "channelAccess" | "sayInGuild" | "now">,
    options?: { readonly hasActivity?: boolean; readonly followers?: readonly ListenersFollower[] },
  ): Promise<void>;
  /**
   * Leaves voice channels of a shard's guilds that the bot or a helper is still in from before it was cut off,
   * if nothing plays there; call it once the shard's sessions are restored.
   */
  leaveStaleVoiceStates(shard: number, plays: (bot: PlayerRef) => boolean): void;
  /** Answers what arrives for a shard from now on, and what has arrived meanwhile; not needed where shards are not shared. */
  answerFor(shard: number): void;
  close(): Promise<void>;
}

/**
 * Logs in to Discord, or to any server that speaks its API.
 * @throws UserError that names the variable when the token is refused or the server cannot be
 * reached
 */
export const openDiscord = async (options: DiscordOptions): Promise<Discord> => {
  const { token, apiBase, restProxy, consentsToDisconnect = noConsents, log, onRefused } = options;
  const { clock = systemClock, telemetry = noTelemetry, helperTokens = new Map(), replica } = options;
  const { shards: choice = { count: "auto" } } = options;
  const shared = replica && {
    replica,
    sessions: createShardSessions(
      () => client,
      (shard) => !replica.isOver(shard),
      log,
    ),
    log,
  };
  /** Discord counts the requests of all replicas together. */
  let replicas = 1;
  const client: Client = createClient({
    ...options,
    clock,
    telemetry,
    requestShare: () => 1 / replicas,
    ...(shared && { reserveIdentify: replica.reserveIdentify, buildStrategy: shared.sessions.build }),
  });
  const guildLocale = createGuildLocale(
    (guild) => client.guilds.cache.get(guild)?.preferredLocale,
    options.settings,
    log,
  );
  const announce = createAnnounce(client, guildLocale, log);
  let known: Shards | undefined;
  const isAnswered = (guild: string | null): boolean =>
    known === undefined ? replica === undefined : known.answers(guild === null ? undefined : id<GuildId>(guild));
  client.on(Events.GuildCreate, (guild) => {
    if (!isAnswered(guild.id)) return;
    const missing = missingPermissions(guild);
    if (missing.length > 0) log.warn("A new guild lacks permissions", { guild: guild.id, name: guild.name, missing });
    const greets = welcomeMessage(client, guild, clock);
    if (greets !== undefined)
      void announce(id<GuildId>(guild.id), greets.channel, greets.text, undefined, starterButtons);
  });
  const gateway = watchGateway(client, telemetry, (shard) => shared?.sessions.ids().includes(shard) ?? true);

  const canWrite = (channel: GuildTextBasedChannel): boolean => {
    const { me } = channel.guild.members;
    const problem = me === null ? "no-view" : writeProblem(me, channel, clock.now());
    // Without the message history a panel can be posted and edited, only not found again.
    return problem === undefined || problem === "no-history";
  };
  const ownChannels = createVoiceChannels(client, clock, new Set(helperTokens.keys()));
  const ownVoiceGateway = createVoiceGateway(client, ownChannels);
  const address = restProxy === undefined ? `DISCORD_API_BASE: ${apiBase}` : `DISCORD_REST_PROXY: ${restProxy}`;
  const { ready, shards } = await login(client, token, address, () =>
    shared === undefined
      ? openShards(client, token, choice)
      : openSharedShards(client, token, choice.count, {
          ...shared,
          replicas(count) {
            replicas = count;
          },
        }),
  );
  known = shards;

  const helpers = openHelpers({
    ...options,
    tokens: helperTokens,
    shards,
    voiceChannels: ownChannels,
    onNews: options.onHelperNews,
  });
  const voiceChannels: VoiceChannels & ChannelAccess = {
    ...ownChannels,
    accessProblem: (guild, channel, helper) =>
      helper === undefined ? ownChannels.accessProblem(guild, channel) : helpers.accessProblem(helper, guild, channel),
  };
  const voiceGateway: VoiceGateway = {
    open(bot, listener) {
      const { helper } = bot;
      return (helper === undefined ? ownVoiceGateway : (helpers.voiceGatewayOf(helper) ?? noVoiceGateway)).open(
        bot,
        listener,
      );
    },
  };
  const voiceStatus = createVoiceStatus(
    (helper) => (helper === undefined ? client : helpers.clientOf(helper)),
    guildLocale,
    clock,
    log,
  );

  let closed = false;
  client.on(Events.ShardDisconnect, ({ code }) => {
    const reason = fatalClose(code);
    if (closed || reason === undefined) return;
    closed = true;
    log.error("The gateway has refused the bot", { code });
    onRefused(reason);
  });

  let gate: InteractionGate<Interaction> | undefined;
  let isRegistered = false;
  const registerCommands = async (offered: readonly Command[], hasActivity: boolean): Promise<void> => {
    try {
      const changed = await register(ready.rest, ready.application.id, offered, messageCommands, hasActivity);
      isRegistered = true;
      log.info(changed ? "Commands registered" : "Commands already registered");
    } catch (error) {
      log.error("The commands could not be registered; trying again in a minute", { error });
      if (!closed) clock.after(REGISTER_RETRY, () => void registerCommands(offered, hasActivity));
    }
  };

  return {
    name: ready.user.username,
    botUser: id<UserId>(ready.user.id),
    application: ready.application.id,
    invite: inviteLink(ready.application.id),
    gateway,
    areCommandsRegistered: () => isRegistered,
    shards,
    helpers,
    voiceGateway,
    voiceChannels,
    panels: createPanels(client, guildLocale, canWrite, options.faces, clock, log),
    voiceMembers: createVoiceMembers(client, consentsToDisconnect, log),
    channelAccess: voiceChannels,
    scheduledEvents: createScheduledEvents(client, guildLocale, log),
    voiceStatus,
    membersRights: createMembersRights(client, log),
    announce,
    sayInGuild: guildLocale.forGuild,
    isInGuild: (guild) => client.guilds.cache.has(guild),
    onGuildLeft: (told) => void client.on(Events.GuildDelete, (guild) => told(id<GuildId>(guild.id))),
    isAvailable: (guild) => client.isReady() && client.guilds.cache.get(guild)?.available === true,
    appendToPanel: createAppendToPanel(client, guildLocale),
    guilds: () => [...ready.guilds.cache.keys()].map((guild) => id<GuildId>(guild)),
    guildCount: () => ready.guilds.cache.size,
    async guildsMissingPermissions() {
      const found: MissingPermissions[] = [];
      const pause = createTimeSlices(clock);
      for (const guild of [...ready.guilds.cache.values()]) {
        const missing = missingPermissions(guild);
        if (missing.length > 0) found.push({ guild: plainName(guild.name), missing });
        await pause();
      }
      return found;
    },
    async serve(context, { hasActivity = false, followers = [] } = {}) {
      // Nobody is offered what the operator has not switched on.
      const offered = context.remoteLinks === undefined ? commands.filter((command) => command !== remote) : commands;
      const router = createRouter({
        commands: offered,
        components: [...panelButtons, ...components],
        messageCommands,
        modals,
        context: {
          ...context,
          voiceChannels,
          channelAccess: voiceChannels,
          sayInGuild: guildLocale.forGuild,
          now: clock.now,
        },
        clock,
        log,
        telemetry,
      });
      const answer = (interaction: Interaction) => {
        const asked = adaptInteraction(interaction);
        if (asked !== undefined) void router.handle(asked);
      };
      gate = createInteractionGate(shards, replica, answer, log);
      shards.onClosed(gate.close);
      client.on(Events.InteractionCreate, gate.receive);
      const following = [context.quietChannels, ...followers];
      reportVoiceEvents(client, context.sessions, context.listenerService, following, log);
      becomeSpeakerOnStages(client, isAnswered, log);
      await registerCommands(offered, hasActivity);
    },
    answerFor: (shard) => gate?.open(shard),
    leaveStaleVoiceStates(shard, plays) {
      leaveStaleVoiceStates(client, shard, (guild) => plays({ guild }), ownVoiceGateway.leave);
      helpers.leaveStaleVoiceStates(shard, plays);
    },
    async close() {
      closed = true;
      await voiceStatus.close();
      await helpers.close();
      await client.destroy();
    },
  };
};
