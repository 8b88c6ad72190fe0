import { bootClock } from "../kernel/bootClock.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import {
  advanceLease,
  IDLE,
  type LeaseEffect,
  type LeaseEvent,
  type LeaseState,
  leaseTimes,
  maySend,
} from "./leaseHolder.ts";
import type { HeldLease, LeaseStore, ShardRow, Situation } from "./leaseStore.ts";
import { planShards } from "./shardPlan.ts";

/** Between two looks at the clock. */
const TICK: Millis = 100;
/** Between two looks at what the others do; sooner while a shard is handed over. */
const LOOK_INTERVAL: Millis = seconds(1);
const HAND_OVER_INTERVAL: Millis = 200;
/** A shard that has been free for so long is taken by any replica: the one that was to take it does not. */
const ABANDONED_AFTER: Millis = seconds(3);
/** A shard is taken over by then, whatever is not ready to be played. */
const LONGEST_PREPARATION: Millis = seconds(8);

/** What a replica does for its shards. Nothing of it throws. */
interface ShardDuties {
  /** Opens the shard's gateway session, and tells `ready` each time its guilds are known. Nothing is answered yet. */
  open(shard: number): void;
  /** Closes it. */
  close(shard: number): void;
  /** Makes ready what its sessions play, while another replica still serves them. */
  prepare(shard: number): Promise<void>;
  /** The shard is this replica's: brings its sessions back and answers. */
  serve(shard: number): void;
  /** Ends its sessions on a ramp, keeping what is to come back elsewhere. Resolves once nothing is sent any more. */
  stop(shard: number): Promise<void>;
  /** Sends nothing more for it, from this moment on: it may be another replica's. */
  cut(shard: number): void;
  /** How many sessions it has. */
  rooms(shard: number): number;
  /** Nothing may be sent for any shard after this, by `bootClock`, unless a later moment is told. */
  provenUntil(moment: Millis): void;
  /** How many replicas there are, this one included. */
  replicas(count: number): void;
}

/** One of the processes that share the shards. */
export interface Replica {
  readonly id: string;
  /**
   * Agrees with the others on the number of shards.
   * @param wanted by the operator; undefined: as many as Discord recommends
   */
  agreeOnShards(wanted: number | undefined, recommended: number): Promise<number>;
  /** Begins to take shards. */
  start(duties: ShardDuties): void;
  /** The gateway session of a shard knows its guilds. */
  ready(shard: number): void;
  /** Whether something may be sent or answered for the shard at this moment: asked before each. */
  serves(shard: number): boolean;
  /** Whether another replica receives what arrives for the shard as well, since it is about to take it over. */
  isHandedOver(shard: number): boolean;
  /** Claims an interaction that two replicas receive. @returns whether this one answers it */
  claimInteraction(interaction: string): Promise<boolean>;
  /** Whether the shard's lease has run out without this replica having noticed: whatever arrives is another's. */
  isOver(shard: number): boolean;
  /** The fencing token with which the shard's rows are written; undefined where it is not this replica's. */
  token(shard: number): number | undefined;
  /** Waits for the next Identify of a bucket of `max_concurrency`. */
  reserveIdentify(bucket: number, interval: Millis): Promise<Millis>;
  /**
   * Hands every shard over to the others; where there is none, its sessions end and come back later.
   * @param within after which whatever is left is ended without a successor
   */
  drain(within: Millis): Promise<void>;
  /** Stops looking. Leases that are still held expire by themselves. */
  close(): Promise<void>;
}

const NOT_OPEN = { isOpen: false, isReady: false, preparation: "none" } as const;

/** What this replica knows of one shard. */
interface Shard {
  lease: LeaseState;
  isOpen: boolean;
  isReady: boolean;
  /** What its sessions play is there, or is being made ready. */
  preparation: "none" | "running" | "done";
  isServed: boolean;
  /** The replica that opens it beside this one. */
  successor?: string | undefined;
  /** Since when nobody has had it, as far as this replica has seen. */
  freeSince?: Millis | undefined;
}

/**
 * Runs the protocol of the leases for all shards of one replica.
 * @param options.term of the leases
 * @param options.now a monotonic clock that goes on while the machine sleeps
 */
export const createReplica = (options: {
  readonly id: string;
  readonly store: LeaseStore;
  readonly term: Millis;
  readonly log: Log;
  readonly now?: () => Millis;
}): Replica => {
  const { id, store, term, log, now = bootClock } = options;
  const times = leaseTimes(term);
  const shards = new Map<number, Shard>();
  let duties: ShardDuties | undefined;
  let isDraining = false;
  let isClosed = false;
  let isLooking = false;
  let isAway = false;
  let nextLook: Millis = 0;
  let others = 0;
  let isAnythingHandedOver = false;
  let stopTicking = () => {};
  let toldProof: Millis | undefined;

  const shardOf = (shard: number): Shard => {
    const known = shards.get(shard) ?? { ...NOT_OPEN, lease: IDLE, isServed: false };
    shards.set(shard, known);
    return known;
  };
  const held = (): readonly (readonly [number, Shard])[] => [...shards].filter(([, { lease }]) => "token" in lease);

  const open = (shard: number) => {
    const known = shardOf(shard);
    if (known.isOpen) return;
    known.isOpen = true;
    duties?.open(shard);
  };
  const close = (shard: number) => {
    const known = shardOf(shard);
    if (!known.isOpen) return;
    Object.assign(known, NOT_OPEN);
    duties?.close(shard);
  };
  const serveIfReady = (shard: number) => {
    const known = shardOf(shard);
    if (known.isServed || !known.isReady || known.lease.status !== "held") return;
    known.isServed = true;
    log.info("A shard is served", { shard, token: known.lease.token });
    duties?.serve(shard);
  };

  /** The engines hold back what comes after the earliest end of a lease. */
  const tellProof = () => {
    const ends = held().flatMap(([, { lease }]) => ("provenUntil" in lease ? [lease.provenUntil] : []));
    const proof = ends.length === 0 ? 0 : Math.min(...ends);
    if (proof === toldProof) return;
    toldProof = proof;
    duties?.provenUntil(proof);
  };

  const stop = (shard: number) => {
    const known = shardOf(shard);
    const stopped = () => advance(shard, { type: "shardStopped" });
    if (!known.isServed) return void Promise.resolve().then(stopped);
    known.isServed = false;
    log.info("A shard is given up", { shard });
    void duties?.stop(shard).then(stopped);
  };

  const release = (shard: number, token: number) => {
    close(shard);
    store
      .release(id, { shard, token })
      .catch((error: unknown) => log.warn("A lease could not be freed, and expires by itself", { shard, error }));
  };

  const carryOut = (shard: number, effect: LeaseEffect, renewals: HeldLease[] | undefined) => {
    switch (effect.type) {
      case "take":
        return void take(shard);
      case "renew":
        return void renewals?.push({ shard, token: effect.token });
      case "release":
        return release(shard, effect.token);
      case "startShard":
        open(shard);
        return serveIfReady(shard);
      case "stopShard":
        return stop(shard);
      case "cutShard": {
        log.error("A lease was over before its shard had ended", { shard });
        shardOf(shard).isServed = false;
        duties?.cut(shard);
        return close(shard);
      }
    }
  };

  /** @param renewals collects the leases to prolong, which share one statement */
  const advance = (shard: number, event: LeaseEvent, at: Millis = now(), renewals?: HeldLease[]) => {
    const known = shardOf(shard);
    const { state, effects } = advanceLease(known.lease, event, at, times);
    known.lease = state;
    for (const effect of effects) carryOut(shard, effect, renewals);
    tellProof();
  };

  const take = async (shard: number): Promise<void> => {
    const { lease } = shardOf(shard);
    const sentAt = lease.status === "taking" ? lease.sentAt : 0;
    try {
      const token = await store.take(shard, id, term);
      advance(shard, token === undefined ? { type: "leaseRefused", sentAt } : { type: "leaseGranted", sentAt, token });
    } catch {
      advance(shard, { type: "requestFailed", sentAt });
    }
  };

  const renew = async (leases: readonly HeldLease[], sentAt: Millis): Promise<void> => {
    try {
      const renewed = await store.renew(id, leases, term);
      if (isAway) log.info("The leases are renewed again");
      isAway = false;
      for (const { shard, token } of leases)
        advance(shard, renewed.has(shard) ? { type: "leaseGranted", sentAt, token } : { type: "leaseRefused", sentAt });
    } catch (error) {
      if (!isAway) log.warn("The leases could not be renewed; trying again", { error });
      isAway = true;
      for (const { shard } of leases) advance(shard, { type: "requestFailed", sentAt });
    }
  };

  const noteFree = (rows: readonly ShardRow[]) => {
    for (const { shard, owner } of rows) {
      const known = shardOf(shard);
      known.freeSince = owner === undefined ? (known.freeSince ?? now()) : undefined;
    }
  };

  const prepare = async (shard: number): Promise<void> => {
    const known = shardOf(shard);
    known.preparation = "running";
    await Promise.race([duties?.prepare(shard), new Promise((resolve) => setTimeout(resolve, LONGEST_PREPARATION))]);
    if (known.preparation !== "running") return;
    known.preparation = "done";
    nextLook = 0;
  };

  /** A shard of another replica's that is to be this one's: its gateway session is opened ahead. */
  const attendSuccession = ({ shard, owner, successor, isSuccessorReady }: ShardRow) => {
    const known = shardOf(shard);
    if (successor !== id || owner === id || isDraining) {
      // A lease that is being asked for may have been granted since the row was read.
      if (owner !== id && known.lease.status === "idle") close(shard);
      return;
    }
    open(shard);
    if (known.isReady && known.preparation === "none") void prepare(shard);
    if (known.preparation === "done" && !isSuccessorReady)
      store.readySuccessor(shard, id).catch((error: unknown) => log.warn("A hand-over is late", { shard, error }));
  };

  const attendHandOver = ({ shard, owner, successor, isSuccessorReady }: ShardRow, isLive: (id: string) => boolean) => {
    shardOf(shard).successor = owner === id && successor !== id ? successor : undefined;
    if (owner !== id || successor === undefined || successor === id) return;
    if (isSuccessorReady && isLive(successor)) advance(shard, { type: "shardUnwanted" });
  };

  const act = async (situation: Situation): Promise<void> => {
    const live = new Set(situation.replicas.filter((one) => !one.isDraining).map((one) => one.id));
    others = [...live].filter((one) => one !== id).length;
    duties?.replicas(Math.max(1, situation.replicas.length));
    noteFree(situation.shards);
    for (const row of situation.shards) {
      attendSuccession(row);
      attendHandOver(row, (one) => live.has(one));
    }
    isAnythingHandedOver = situation.shards.some(
      ({ owner, successor }) => successor !== undefined && successor !== owner && (owner === id || successor === id),
    );
    const { take: wanted, handOver } = planShards(
      situation,
      id,
      (shard) => duties?.rooms(shard) ?? 0,
      (shard) => now() - (shardOf(shard).freeSince ?? now()) >= ABANDONED_AFTER,
    );
    for (const shard of wanted) advance(shard, { type: "shardWanted" });
    for (const { shard, to } of handOver) {
      const { lease } = shardOf(shard);
      if (lease.status !== "held") continue;
      log.info("A shard is handed over", { shard, to });
      shardOf(shard).successor = to;
      await store.setSuccessor(id, { shard, token: lease.token }, to);
      isAnythingHandedOver = true;
    }
    if (isDraining && others === 0) for (const [shard] of held()) advance(shard, { type: "shardUnwanted" });
  };

  const look = async (): Promise<void> => {
    isLooking = true;
    try {
      await act(await store.look({ id, isDraining }));
    } catch (error) {
      if (!isAway) log.warn("What the other replicas do is not known", { error });
    }
    isLooking = false;
    nextLook = now() + (isAnythingHandedOver || isDraining ? HAND_OVER_INTERVAL : LOOK_INTERVAL);
  };

  const tick = () => {
    const at = now();
    const renewals: HeldLease[] = [];
    for (const shard of shards.keys()) advance(shard, { type: "clockTicked" }, at, renewals);
    if (renewals.length > 0) void renew(renewals, at);
    if (!isLooking && !isClosed && at >= nextLook) void look();
  };

  return {
    id,
    agreeOnShards: store.agreeOnShards,
    start(given) {
      duties = given;
      const ticking = setInterval(tick, TICK);
      stopTicking = () => clearInterval(ticking);
      tick();
    },
    ready(shard) {
      const known = shardOf(shard);
      known.isReady = known.isOpen;
      serveIfReady(shard);
      nextLook = 0;
    },
    serves: (shard) => maySend(shards.get(shard)?.lease ?? IDLE, now()),
    isHandedOver: (shard) => shards.get(shard)?.successor !== undefined,
    claimInteraction: store.claimInteraction,
    isOver(shard) {
      const lease = shards.get(shard)?.lease;
      return lease !== undefined && "provenUntil" in lease && now() >= lease.provenUntil;
    },
    token(shard) {
      const lease = shards.get(shard)?.lease;
      return lease !== undefined && "token" in lease ? lease.token : undefined;
    },
    reserveIdentify: store.reserveIdentify,
    async drain(within) {
      isDraining = true;
      nextLook = 0;
      const until = now() + within;
      while (held().length > 0) {
        if (now() >= until) for (const [shard] of held()) advance(shard, { type: "shardUnwanted" });
        await new Promise((resolve) => setTimeout(resolve, TICK));
      }
    },
    async close() {
      isClosed = true;
      stopTicking();
      await store.forget(id).catch((error: unknown) => log.warn("The leases could not be freed", { error }));
      await store.close();
    },
  };
};
