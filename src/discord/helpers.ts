import { type Client, Events, Status } from "discord.js";
import { type Clock, systemClock } from "../kernel/clock.ts";
import { UserError } from "../kernel/errors.ts";
import { type GuildId, type HelperId, id } from "../kernel/ids.ts";
import type { PlayerRef } from "../kernel/playerId.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { AccessProblem, ChannelAccess } from "../ports/channelAccess.ts";
import type { VoiceChannels } from "../ports/guild.ts";
import type { Helpers } from "../ports/helpers.ts";
import { speakProblem } from "./botAccess.ts";
import { type ClientOptions, createClient } from "./createClient.ts";
import { helperInviteLink } from "./invite.ts";
import { fatalClose, login } from "./login.ts";
import { openShards, type Shards } from "./shards.ts";
import { becomeSpeakerOnStages } from "./stage.ts";
import { leaveStaleVoiceStates } from "./staleVoiceStates.ts";
import { type ClientVoiceGateway, createVoiceGateway } from "./voiceGateway.ts";

/** Sessions wait this long at most, after a start, for the helpers that spoke in them. */
const LOGIN_TIMEOUT: Millis = seconds(8);

/** What helpers need of the rest of the bot. */
export interface HelpersOptions extends ClientOptions {
  /** By helper, in the order in which they are asked to speak. */
  readonly tokens: ReadonlyMap<HelperId, string>;
  /** The shards of the bot itself: a helper carries the same guilds. */
  readonly shards: Pick<Shards, "count" | "ids" | "isShared" | "carries">;
  readonly voiceChannels: Pick<VoiceChannels, "listeners">;
  /** Called with a sentence for the operator: a helper is there, or can't be. */
  readonly onNews?: ((sentence: string) => void) | undefined;
}

/** The operator's helpers as Discord clients. */
export interface HelperBots extends Helpers {
  /** Resolves when every helper has logged in or failed to, or after 8 s. */
  readonly ready: Promise<void>;
  clientOf(helper: HelperId): Client | undefined;
  voiceGatewayOf(helper: HelperId): ClientVoiceGateway | undefined;
  /** Undefined if the helper can join the channel and be heard. */
  accessProblem(helper: HelperId, ...where: Parameters<ChannelAccess["accessProblem"]>): AccessProblem | undefined;
  /** Leaves voice channels in which helpers are from before a restart, where nothing plays. */
  leaveStaleVoiceStates(shard: number, plays: (bot: PlayerRef) => boolean): void;
  close(): Promise<void>;
}

interface HelperBot {
  readonly client: Client;
  readonly voiceGateway: ClientVoiceGateway;
  readonly loggedIn: Promise<void>;
}

/** Opens the helpers, each a client of its own; they log in by themselves, and the bot doesn't wait for them. */
export const openHelpers = (options: HelpersOptions): HelperBots => {
  const { tokens, shards, voiceChannels, log, clock = systemClock, onNews = () => {} } = options;

  // Where shards come and go, a helper is there before them.
  const own = shards.isShared ? { count: shards.count } : { count: shards.count, ids: shards.ids() };

  const logIn = async (client: Client, token: string, number: number): Promise<void> => {
    try {
      const address = `DISCORD_API_BASE: ${options.apiBase}`;
      const { ready } = await login(client, token, address, () => openShards(client, token, own));
      log.info("A helper is logged in", { helper: ready.user.id, name: ready.user.username });
      onNews(`${ready.user.username} helps, and only speaks. Invite it with ${helperInviteLink(ready.application.id)}`);
    } catch (error) {
      log.error("A helper could not log in; its voice is missing", { number, error });
      const isRefused = error instanceof UserError && error.code === "bad-token";
      const why = isRefused ? "Discord does not accept its token" : (error as Error).message;
      onNews(`Helper ${number} of DISCORD_HELPER_TOKENS could not log in (${why}). Lull goes on without its voice.`);
    }
  };

  const open = (token: string, number: number): HelperBot => {
    const client = createClient(options);
    const guildProblem = accessProblemOf(client, clock);
    const voiceGateway = createVoiceGateway(client, {
      listeners: voiceChannels.listeners,
      accessProblem: guildProblem,
    });
    becomeSpeakerOnStages(client, (guild) => shards.carries(id<GuildId>(guild)), log);
    client.on(Events.ShardDisconnect, ({ code }) => {
      if (fatalClose(code) !== undefined) log.error("The gateway has refused a helper", { number, code });
    });
    return { client, voiceGateway, loggedIn: logIn(client, token, number) };
  };

  const bots = new Map([...tokens].map(([helper, token], index) => [helper, open(token, index + 1)] as const));

  const isConnected = (helper: HelperId, guild: GuildId): boolean => {
    const client = bots.get(helper)?.client;
    const known = client?.guilds.cache.get(guild);
    return known?.available === true && client?.ws.shards.get(known.shardId)?.status === Status.Ready;
  };

  const timeout = new Promise<void>((resolve) => {
    if (bots.size === 0) resolve();
    else clock.after(LOGIN_TIMEOUT, resolve);
  });

  return {
    in: (guild) => [...bots.keys()].filter((helper) => isConnected(helper, guild)),
    mayBeIn(guild, helper) {
      const client = bots.get(helper)?.client;
      return client !== undefined && (!client.isReady() || client.guilds.cache.has(guild));
    },
    ready: Promise.race([Promise.all([...bots.values()].map(({ loggedIn }) => loggedIn)).then(() => {}), timeout]),
    clientOf: (helper) => bots.get(helper)?.client,
    voiceGatewayOf: (helper) => bots.get(helper)?.voiceGateway,
    accessProblem(helper, guild, channel) {
      const client = bots.get(helper)?.client;
      return client === undefined ? "no-view" : accessProblemOf(client, clock)(guild, channel);
    },
    leaveStaleVoiceStates(shard, plays) {
      for (const [helper, { client, voiceGateway }] of bots)
        leaveStaleVoiceStates(client, shard, (guild) => plays({ guild, helper }), voiceGateway.leave);
    },
    async close() {
      await Promise.all([...bots.values()].map(({ client }) => client.destroy()));
    },
  };
};

/** What keeps a client's own user from being heard in a channel. */
const accessProblemOf =
  (client: Client, clock: Clock): ChannelAccess["accessProblem"] =>
  (guildId, channelId) => {
    const guild = client.guilds.cache.get(guildId);
    const me = guild?.members.me;
    return guild && me ? speakProblem(guild, me, guild.channels.cache.get(channelId), clock.now()) : undefined;
  };
