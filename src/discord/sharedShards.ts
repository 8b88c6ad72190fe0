import { type APIGatewayBotInfo, type Client, Events, Routes } from "discord.js";
import type { GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { Replica } from "../leases/replica.ts";
import { identifyRefusal } from "./identifyLimit.ts";
import type { ShardSessions } from "./shardSessions.ts";
import { allShards, guildShard, type ShardHandling, type Shards, serveAfterFirst } from "./shards.ts";

/** What is handled until somebody says how: there are no sessions yet. */
const NOTHING_YET: ShardHandling = {
  prepare: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  cut() {},
  rooms: () => 0,
  provenUntil() {},
};

/**
 * Asks Discord and the other replicas how many shards there are, and begins to take some of them.
 * @param wanted by the operator
 * @param replicas is told how many there are
 * @throws UserError when too few identifies are left
 * @throws Error of discord.js when Discord can't be reached or refuses the token
 */
export const openSharedShards = async (
  client: Client,
  token: string,
  wanted: number | "auto",
  options: {
    readonly replica: Replica;
    readonly sessions: ShardSessions;
    readonly log: Log;
    readonly replicas: (count: number) => void;
  },
): Promise<Shards> => {
  const { replica, sessions, log, replicas } = options;
  const info = (await client.rest.setToken(token).get(Routes.gatewayBot())) as APIGatewayBotInfo;
  const refusal = identifyRefusal(info.session_start_limit, 1);
  if (refusal !== undefined) throw refusal;
  const count = await replica.agreeOnShards(wanted === "auto" ? undefined : wanted, info.shards);
  if (wanted !== "auto" && wanted !== count)
    log.warn("Other replicas serve another number of shards; it changes once all of them have ended", {
      count,
      wanted,
    });
  client.options.shardCount = count;
  client.options.shards = allShards(count);

  const serving = new Set<number>();
  const listeners: ((shard: number) => void)[] = [];
  const closeListeners: ((shard: number) => void)[] = [];
  const { promise: allReady, resolve } = Promise.withResolvers<void>();
  let handling = NOTHING_YET;
  let proof = 0;
  const of = (guild: GuildId) => guildShard(guild, count);

  serveAfterFirst(client);
  client.on(Events.ShardReady, replica.ready);
  replica.start({
    open: sessions.open,
    close(shard) {
      sessions.close(shard);
      for (const told of closeListeners) told(shard);
    },
    prepare: (shard) => handling.prepare(shard),
    serve(shard) {
      serving.add(shard);
      for (const told of listeners) told(shard);
      resolve();
    },
    stop(shard) {
      serving.delete(shard);
      return handling.stop(shard);
    },
    cut(shard) {
      serving.delete(shard);
      handling.cut(shard);
    },
    rooms: (shard) => handling.rooms(shard),
    provenUntil(moment) {
      proof = moment;
      handling.provenUntil(moment);
    },
    replicas,
  });
  return {
    count,
    isShared: true,
    ids: () => [...serving],
    of,
    carries: (guild) => serving.has(of(guild)),
    answers: (guild) => replica.serves(guild === undefined ? 0 : of(guild)),
    onReady(told) {
      listeners.push(told);
      for (const shard of serving) told(shard);
    },
    onClosed: (told) => void closeListeners.push(told),
    handle(given) {
      handling = given;
      given.provenUntil(proof);
    },
    allReady,
  };
};
