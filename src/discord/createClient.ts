import { Client, type ClientOptions as DiscordJsOptions, Events, GatewayIntentBits } from "discord.js";
import { type Clock, systemClock } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import { noTelemetry, type Telemetry } from "../ports/telemetry.ts";
import { CACHE_OPTIONS, forgetWhoLeft } from "./clientCache.ts";
import { paceIdentifies } from "./identifyLimit.ts";
import { limitInvalidRequests } from "./invalidRequestLimit.ts";
import { createRequestPacer, PACED, paceRequests, REQUESTS_PER_SECOND } from "./requestPacer.ts";
import { sendWholeBodies } from "./wholeBodies.ts";

/** How a client reaches Discord. */
export interface ClientOptions {
  /** Without the version, e.g. `https://discord.com/api`. */
  readonly apiBase: string;
  /** A proxy that takes requests in its place, so that several processes share one rate limit. */
  readonly restProxy?: string | undefined;
  readonly log: Log;
  readonly clock?: Clock;
  /** Absent: nobody counts. */
  readonly telemetry?: Telemetry;
}

/** What a client shares with other processes that log in with the same token. */
interface SharedClientOptions {
  /** Discord counts the requests of all processes together: the share of this one. */
  readonly requestShare?: () => number;
  readonly reserveIdentify?: Parameters<typeof paceIdentifies>[2];
  /** Which shards are open, where not all of them are all the time. */
  readonly buildStrategy?: NonNullable<NonNullable<DiscordJsOptions["ws"]>["buildStrategy"]>;
}

/** Creates a client that keeps Discord's limits and logs what goes wrong; it has not logged in. */
export const createClient = ({
  apiBase,
  restProxy,
  log,
  clock = systemClock,
  telemetry = noTelemetry,
  requestShare = () => 1,
  reserveIdentify,
  buildStrategy,
}: ClientOptions & SharedClientOptions): Client => {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildVoiceStates],
    allowedMentions: { parse: [] },
    ...CACHE_OPTIONS,
    ws: {
      buildIdentifyThrottler: paceIdentifies(clock, log, reserveIdentify),
      ...(buildStrategy && { buildStrategy }),
    },
    rest: {
      ...PACED,
      api: restProxy ?? apiBase,
      makeRequest: limitInvalidRequests(clock, log, sendWholeBodies(), telemetry.rateLimited),
    },
  });
  paceRequests(
    client.rest,
    createRequestPacer(() => REQUESTS_PER_SECOND * requestShare(), systemClock),
  );
  forgetWhoLeft(client);
  client.on(Events.Error, (error) => log.error("The client failed", { error }));
  client.on(Events.Warn, (message) => log.warn(message));
  client.on(Events.ShardError, (error, shard) => log.warn("The gateway connection failed", { shard, error }));
  client.on(Events.ShardReconnecting, (shard) => log.info("The gateway is being connected again", { shard }));
  client.on(Events.ShardResume, (shard) => log.info("The gateway has resumed", { shard }));
  return client;
};
