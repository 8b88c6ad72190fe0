import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import type { Config } from "./config.ts";
import type { Discord } from "./discord/client.ts";
import type { Engine } from "./engine/engine.ts";
import type { GuildId } from "./kernel/ids.ts";
import type { Log } from "./kernel/log.ts";
import { createReplica, type Replica } from "./leases/replica.ts";
import type { Fence } from "./ports/guild.ts";
import type { QuietChannels } from "./programmes/quietChannels.ts";
import type { Pages } from "./remote/pages.ts";
import type { Sessions } from "./runtime/sessions.ts";
import type { ShardResume } from "./shardResume.ts";
import { releaseWhenEnded } from "./storage/leaseRelease.ts";
import { openLeaseStore } from "./storage/leases.ts";

/**
 * Makes this process one of the replicas that share a database of PostgreSQL's.
 * @returns undefined on SQLite, which is one process's own
 */
export const openReplica = async ({ databaseUrl, lease }: Config, log: Log): Promise<Replica | undefined> => {
  if (databaseUrl === undefined) return undefined;
  const id = `${hostname()}-${process.pid}-${randomBytes(4).toString("hex")}`;
  log.info("This replica", { id });
  const store = await openLeaseStore(databaseUrl);
  const stopWaiting = releaseWhenEnded({ address: databaseUrl, replica: id }, log);
  const replica = createReplica({ id, store, term: lease, log });
  return {
    ...replica,
    async close() {
      await replica.close();
      stopWaiting();
    },
  };
};

/** What the rows of a guild's session are written with. */
export const fenceOf =
  (replica: Replica, { of }: Discord["shards"]) =>
  (guild: GuildId): Fence | undefined => {
    const shard = of(guild);
    const token = replica.token(shard);
    return token === undefined ? undefined : { shard, token };
  };

/** Says what becomes of a shard's sessions when it goes to another replica. */
export const handOverShards = (
  { shards, guilds }: Pick<Discord, "shards" | "guilds">,
  services: {
    readonly sessions: Sessions;
    readonly engine: Engine;
    readonly shardResume: ShardResume;
    readonly quietChannels: QuietChannels;
    /** Pages with which listeners control their sessions. */
    readonly pages: readonly Pages[];
  },
  log: Log,
): void => {
  const { sessions, engine, shardResume, quietChannels, pages } = services;
  const on = (shard: number) => (guild: GuildId) => shards.of(guild) === shard;
  const leave = (shard: number) => {
    shardResume.forget(shard);
    for (const guild of guilds().filter(on(shard))) quietChannels.forgetGuild(guild);
    for (const one of pages) one.handedOver(on(shard));
  };
  shards.handle({
    prepare: (shard) => sessions.prepare(on(shard)),
    async stop(shard) {
      leave(shard);
      try {
        await sessions.suspend(on(shard));
      } catch (error) {
        log.error("The sessions of a shard could not be ended in order", { shard, error });
        sessions.abandon(on(shard));
      }
    },
    cut(shard) {
      leave(shard);
      sessions.abandon(on(shard));
    },
    rooms: (shard) => sessions.count(on(shard)),
    provenUntil: engine.provenUntil,
  });
};
