import { setTimeout as pause } from "node:timers/promises";
import { type Client, type ClientOptions, CloseCodes, SimpleShardingStrategy, Status } from "discord.js";
import type { Log } from "../kernel/log.ts";
import { type Millis, seconds } from "../kernel/units.ts";

type BuildStrategy = NonNullable<NonNullable<ClientOptions["ws"]>["buildStrategy"]>;
type Strategy = ReturnType<BuildStrategy>;
type Listener = (payload: unknown) => void;

/** The part of a shard of @discordjs/ws that is used here; it keeps them to itself. */
interface GatewayShard {
  /** 0: idle. */
  readonly status: number;
  destroy(options: { readonly code: number; readonly reason: string }): Promise<void>;
  eventNames(): readonly string[];
  listeners(event: string): readonly Listener[];
  off(event: string, listener: Listener): void;
  on(event: string, listener: Listener): void;
}
interface StrategyShards {
  readonly shards: ReadonlyMap<number, GatewayShard>;
}

/** What discord.js still waits for in a shard that is closed. */
interface WaitingShard {
  status: Status;
  readyTimeout: NodeJS.Timeout | null;
}

/** Gateway sessions that come and go while the client is logged in. */
export interface ShardSessions {
  /** For discord.js's `ws.buildStrategy`; until it connects, what is to be opened waits. */
  readonly build: BuildStrategy;
  /** Opens the session of a shard, and keeps it open. */
  open(shard: number): void;
  /** Ends it: nothing of it arrives any more from this moment on, and its guilds are forgotten. */
  close(shard: number): void;
  /** Those that are open or being opened. */
  ids(): readonly number[];
}

/** A shard that is closed while it connects opens itself once more after half a second, in @discordjs/ws 1.2.3. */
const REVIVAL: Millis = seconds(1);
const MAX_REVIVALS = 5;

interface OpenShard {
  readonly strategy: SimpleShardingStrategy;
  readonly shard: GatewayShard | undefined;
  /** What hands its events to discord.js. */
  readonly forwarders: readonly (readonly [event: string, listener: Listener])[];
}

/** Has what hands a shard's events to discord.js ask first. @returns what does it now */
const gateForwarders = (shard: GatewayShard, mayReceive: () => boolean): OpenShard["forwarders"] =>
  shard.eventNames().flatMap((event) =>
    shard.listeners(event).map((forward) => {
      const gated: Listener = (payload) => {
        if (mayReceive()) forward(payload);
      };
      shard.off(event, forward);
      shard.on(event, gated);
      return [event, gated] as const;
    }),
  );

const forgetGuilds = (client: Client, shard: number): void => {
  for (const guild of [...client.guilds.cache.values()]) {
    if (guild.shardId !== shard) continue;
    for (const channel of guild.channels.cache.keys()) client.channels.cache.delete(channel);
    client.guilds.cache.delete(guild.id);
  }
};

/**
 * @param client once it is there
 * @param mayReceive asked before anything of a shard is handed to discord.js
 */
export const createShardSessions = (
  client: () => Client,
  mayReceive: (shard: number) => boolean,
  log: Log,
): ShardSessions => {
  let manager: Parameters<BuildStrategy>[0] | undefined;
  let isConnected = false;
  /** Undefined until it has been made. */
  const sessions = new Map<number, OpenShard | undefined>();

  const make = async (id: number): Promise<void> => {
    if (manager === undefined) return;
    const strategy = new SimpleShardingStrategy(manager);
    await strategy.spawn([id]);
    if (!sessions.has(id) || sessions.get(id) !== undefined) return;
    const shard = (strategy as unknown as StrategyShards).shards.get(id);
    const forwarders = shard === undefined ? [] : gateForwarders(shard, () => mayReceive(id));
    sessions.set(id, { strategy, shard, forwarders });
    await strategy.connect();
  };
  const start = (id: number) => {
    make(id).catch((error: unknown) => log.warn("A shard could not be connected", { shard: id, error }));
  };

  const end = async ({ shard, forwarders }: OpenShard): Promise<void> => {
    if (shard === undefined) return;
    for (const [event, listener] of forwarders) shard.off(event, listener);
    // Without a listener, an error would be thrown.
    shard.on("error", () => {});
    for (let revivals = 0; revivals < MAX_REVIVALS; revivals++) {
      await shard.destroy({ code: CloseCodes.Normal, reason: "Another process serves the shard" });
      await pause(REVIVAL, undefined, { ref: false });
      if (shard.status === 0) return;
    }
  };

  const strategy: Strategy = {
    // Which of them run here is decided elsewhere, later and again and again.
    spawn() {},
    connect() {
      isConnected = true;
      for (const id of sessions.keys()) start(id);
    },
    async destroy(options) {
      // It also begins with this.
      if (!isConnected) return;
      const open = [...sessions.values()];
      sessions.clear();
      await Promise.all(open.map((session) => session?.strategy.destroy(options)));
    },
    async send(id, payload) {
      await sessions.get(id)?.strategy.send(id, payload);
    },
    async fetchStatus() {
      throw new Error("Nobody asks for the status of shards");
    },
  };

  return {
    build(given) {
      manager = given;
      return strategy;
    },
    open(id) {
      if (sessions.has(id)) return;
      sessions.set(id, undefined);
      if (isConnected) start(id);
    },
    close(id) {
      const session = sessions.get(id);
      if (!sessions.delete(id)) return;
      if (session !== undefined)
        end(session).catch((error: unknown) => log.warn("A shard could not be closed", { shard: id, error }));
      const waiting = client().ws.shards.get(id) as unknown as WaitingShard | undefined;
      if (waiting !== undefined) {
        if (waiting.readyTimeout !== null) clearTimeout(waiting.readyTimeout);
        waiting.readyTimeout = null;
        waiting.status = Status.Idle;
      }
      forgetGuilds(client(), id);
    },
    ids: () => [...sessions.keys()],
  };
};
