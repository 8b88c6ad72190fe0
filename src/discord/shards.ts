import { type APIGatewayBotInfo, type Client, Events, Routes, ShardClientUtil } from "discord.js";
import { UserError } from "../kernel/errors.ts";
import type { GuildId } from "../kernel/ids.ts";
import type { Millis } from "../kernel/units.ts";
import { identifyRefusal } from "./identifyLimit.ts";

/** Which of Discord's shards this process runs. */
export interface ShardChoice {
  /** How many shards the bot's guilds are divided among; "auto" for the number that Discord recommends. */
  readonly count: number | "auto";
  /** The numbers of those that run in this process, from 0; all of them where it is left out. */
  readonly ids?: readonly number[];
}

/** What becomes of a shard's sessions when it is handed over. */
export interface ShardHandling {
  /** Makes ready what they play, while another process still serves them. Never rejects. */
  prepare(shard: number): Promise<void>;
  /** Ends them on a ramp, so that they come back elsewhere. Resolves when nothing is sent any more; never rejects. */
  stop(shard: number): Promise<void>;
  /** Ends them at this moment. */
  cut(shard: number): void;
  /** How many there are. */
  rooms(shard: number): number;
  /** Nothing may be sent for any guild after this, by `bootClock`, unless a later moment is told. */
  provenUntil(moment: Millis): void;
}

/** The shards of this process. */
export interface Shards {
  /** How many there are in all. */
  readonly count: number;
  /** Whether other processes serve shards of this bot as well. */
  readonly isShared: boolean;
  /** Those that this process serves now. */
  ids(): readonly number[];
  /** The guild's shard, by Discord's formula. */
  of(guild: GuildId): number;
  /** Whether the guild is on a shard of this process: what is stored of the others is left to another process. */
  carries(guild: GuildId): boolean;
  /**
   * Whether this process may answer for the guild at this moment; a process that shares shards may just have woken up.
   * @param guild undefined for what belongs to no guild
   */
  answers(guild: GuildId | undefined): boolean;
  /**
   * Calls back each time this process begins to serve a shard whose guilds are known; for those that it serves already, at
   * once.
   */
  onReady(told: (shard: number) => void): void;
  /** Calls back when the gateway session of a shard is closed, which may be opened again later. */
  onClosed(told: (shard: number) => void): void;
  /** Says how shards are handed over, where they are shared. */
  handle(handling: ShardHandling): void;
  /** Resolves once every shard of this process has been ready; where they are shared, the first. */
  readonly allReady: Promise<void>;
}

/** The part of discord.js's gateway manager that decides when it hands events out. */
interface ReadinessTrigger {
  triggerClientReady(): void;
}

/** The numbers of all shards. */
export const allShards = (count: number): number[] => Array.from({ length: count }, (_, shard) => shard);

/** The guild's shard, by Discord's formula. */
export const guildShard = (guild: GuildId, count: number): number => ShardClientUtil.shardIdForGuildId(guild, count);

/**
 * Discord starts shards seconds apart, and discord.js keeps every event back until the last is ready. Members of the first
 * shard's guilds don't wait for that.
 */
export const serveAfterFirst = (client: Client): void => {
  client.once(Events.ShardReady, () => (client.ws as unknown as ReadinessTrigger).triggerClientReady());
};

const isShard = (shard: number, count: number) => Number.isInteger(shard) && shard >= 0 && shard < count;

/**
 * Asks Discord how many shards there should be and how many identifies are left, and prepares the client to log in
 * with the shards of this process.
 * @throws UserError when too few identifies are left, or a shard is chosen that there is not
 * @throws Error of discord.js when Discord can't be reached or refuses the token
 */
export const openShards = async (
  client: Client,
  token: string,
  { count: wanted, ids }: ShardChoice,
): Promise<Shards> => {
  const info = (await client.rest.setToken(token).get(Routes.gatewayBot())) as APIGatewayBotInfo;
  const count = wanted === "auto" ? info.shards : wanted;
  const own = ids ?? allShards(count);
  if (own.length === 0 || !own.every((shard) => isShard(shard, count)))
    throw new UserError("bad-config", `LULL_SHARDS: of ${count} shards this process cannot run ${own.join(", ")}.`);
  const refusal = identifyRefusal(info.session_start_limit, own.length);
  if (refusal !== undefined) throw refusal;
  client.options.shardCount = count;
  client.options.shards = own;

  const { promise: allReady, resolve } = Promise.withResolvers<void>();
  const ready = new Set<number>();
  const listeners: ((shard: number) => void)[] = [];
  client.on(Events.ShardReady, (shard) => {
    if (ready.has(shard)) return;
    ready.add(shard);
    for (const told of listeners) told(shard);
    if (ready.size === own.length) resolve();
  });
  serveAfterFirst(client);

  const of = (guild: GuildId) => guildShard(guild, count);
  return {
    count,
    isShared: false,
    ids: () => own,
    of,
    carries: (guild) => own.includes(of(guild)),
    answers: () => true,
    onClosed() {},
    handle() {},
    onReady(told) {
      listeners.push(told);
      for (const shard of ready) told(shard);
    },
    allReady,
  };
};
