import type { Millis } from "../kernel/units.ts";

/** A shard as the database has it now. */
export interface ShardRow {
  readonly shard: number;
  /** The replica that serves it; undefined: its lease is free or has expired. */
  readonly owner: string | undefined;
  /** The replica that it is being handed over to. */
  readonly successor: string | undefined;
  /** Whether that one has opened its gateway session, and only waits for the lease. */
  readonly isSuccessorReady: boolean;
}

/** A replica that has been heard of lately. */
export interface ReplicaRow {
  readonly id: string;
  /** Whether it is ending, and takes nothing. */
  readonly isDraining: boolean;
}

/** What all replicas know of each other. */
export interface Situation {
  readonly shards: readonly ShardRow[];
  /** Those that have been heard of within the last seconds, and the one that asks. */
  readonly replicas: readonly ReplicaRow[];
}

/** One lease, as its owner names it. */
export interface HeldLease {
  readonly shard: number;
  readonly token: number;
}

/** The rows by which replicas share the shards. Everything rejects where the database does not answer. */
export interface LeaseStore {
  /**
   * Agrees on the number of shards. The stored one holds as long as any lease does; else the wanted one is stored, and no
   * token of before is accepted any more.
   * @param recommended taken where nothing is stored and none is wanted
   */
  agreeOnShards(wanted: number | undefined, recommended: number): Promise<number>;
  /** Says that the replica lives, and looks who else does and whose the shards are. */
  look(replica: ReplicaRow): Promise<Situation>;
  /** @returns the fencing token; undefined where the lease is another's */
  take(shard: number, owner: string, term: Millis): Promise<number | undefined>;
  /** @returns the shards whose leases were prolonged; the others are lost */
  renew(owner: string, leases: readonly HeldLease[], term: Millis): Promise<ReadonlySet<number>>;
  /** Frees a lease; the replica that it is handed over to stays noted. */
  release(owner: string, lease: HeldLease): Promise<void>;
  /** Notes to whom a lease is to be handed over; undefined: to nobody any more. */
  setSuccessor(owner: string, lease: HeldLease, successor: string | undefined): Promise<void>;
  /** Says that the successor has opened its gateway session. */
  readySuccessor(shard: number, successor: string): Promise<void>;
  /** Frees every lease of a replica that has ended. */
  forget(replica: string): Promise<void>;
  /**
   * Reserves the next Identify of a bucket of `max_concurrency`.
   * @returns how long to wait for it
   */
  reserveIdentify(bucket: number, interval: Millis): Promise<Millis>;
  /**
   * Claims an interaction that two replicas receive, because a shard is being handed over.
   * @returns whether it is the one that answers it
   */
  claimInteraction(interaction: string): Promise<boolean>;
  close(): Promise<void>;
}
