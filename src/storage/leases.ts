import { sql } from "kysely";
import { type Millis, seconds } from "../kernel/units.ts";
import type { LeaseStore, ReplicaRow, ShardRow } from "../leases/leaseStore.ts";
import { type Database, readDatabase } from "./database.ts";

/** A replica that has not been heard of for so long takes nothing more. */
const REPLICA_FORGOTTEN: Millis = seconds(6);
/** An interaction can't be answered any more after 3 s. */
const CLAIM_KEPT: Millis = seconds(60);
/** The leases' own connections: a statement that takes longer has to be asked again while there is time. */
const QUERY_TIMEOUT: Millis = seconds(2);

/** All moments of leases are by the database's clock. */
const NOW = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;
/** Raises the fencing token, which all shards share; a token that nothing is done with is no harm. */
const NEXT_TOKEN = sql<number>`update gateway set token = token + 1 where id = 0 returning token`;
const IS_FREE = sql<boolean>`(owner is null or expires_at <= ${NOW})`;

const createLeaseStore = (db: Database): LeaseStore => {
  /** The stored number; a new one takes every lease of before away. */
  const agreeOnShards: LeaseStore["agreeOnShards"] = (wanted, recommended) =>
    db.transaction().execute(async (change) => {
      await change
        .insertInto("gateway")
        .values({ id: 0, shards: 0, token: 0 })
        .onConflict((conflict) => conflict.column("id").doNothing())
        .execute();
      const { shards: stored } = await change
        .selectFrom("gateway")
        .select("shards")
        .where("id", "=", 0)
        .forUpdate()
        .executeTakeFirstOrThrow();
      const count = wanted ?? (stored > 0 ? stored : recommended);
      if (count === stored) return stored;
      const { rows: held } = await sql`select 1 from shard_leases where not ${IS_FREE} limit 1`.execute(change);
      if (held.length > 0) return stored;
      await change.deleteFrom("shard_leases").execute();
      await change.updateTable("gateway").set({ shards: count }).where("id", "=", 0).execute();
      await sql`
        with next as (update gateway set token = token + ${count} where id = 0 returning token)
        insert into shard_leases (shard, token, expires_at, successor_ready)
        select shard, next.token - shard, 0, 0 from next, generate_series(0, ${count}::integer - 1) as shard`.execute(
        change,
      );
      return count;
    });

  return {
    agreeOnShards,

    async look({ id, isDraining }) {
      const draining = Number(isDraining);
      await sql`insert into replicas (id, seen_at, draining) values (${id}, ${NOW}, ${draining})
        on conflict (id) do update set seen_at = excluded.seen_at, draining = excluded.draining`.execute(db);
      const shards = await sql<Omit<ShardRow, "isSuccessorReady"> & { readonly ready: number }>`
        select shard, case when ${IS_FREE} then null else owner end as owner, successor, successor_ready as ready
        from shard_leases order by shard`.execute(db);
      const replicas = await sql<{ readonly id: string; readonly draining: number }>`
        select id, draining from replicas where seen_at > ${NOW} - ${REPLICA_FORGOTTEN} order by id`.execute(db);
      return {
        shards: shards.rows.map(({ shard, owner, successor, ready }) => ({
          shard,
          owner: owner ?? undefined,
          successor: successor ?? undefined,
          isSuccessorReady: ready === 1,
        })),
        replicas: replicas.rows.map((row): ReplicaRow => ({ id: row.id, isDraining: row.draining === 1 })),
      };
    },

    async take(shard, owner, term) {
      const { rows } = await sql<{ readonly token: number }>`
        with next as (${NEXT_TOKEN})
        update shard_leases set owner = ${owner}, token = next.token, expires_at = ${NOW} + ${term},
          successor = null, successor_ready = 0
        from next where shard = ${shard} and ${IS_FREE} returning shard_leases.token`.execute(db);
      return rows[0]?.token;
    },

    async renew(owner, leases, term) {
      const pairs = sql.join(leases.map(({ shard, token }) => sql`(${shard}::bigint, ${token}::bigint)`));
      const { rows } = await sql<{ readonly shard: number }>`
        update shard_leases set expires_at = ${NOW} + ${term}
        where owner = ${owner} and expires_at > ${NOW} and (shard, token) in (${pairs}) returning shard`.execute(db);
      return new Set(rows.map(({ shard }) => shard));
    },

    async release(owner, { shard, token }) {
      await db
        .updateTable("shard_leases")
        .set({ owner: null })
        .where("shard", "=", shard)
        .where("owner", "=", owner)
        .where("token", "=", token)
        .execute();
    },

    async setSuccessor(owner, { shard, token }, successor) {
      await db
        .updateTable("shard_leases")
        .set({ successor: successor ?? null, successor_ready: 0 })
        .where("shard", "=", shard)
        .where("owner", "=", owner)
        .where("token", "=", token)
        .execute();
    },

    async readySuccessor(shard, successor) {
      await db
        .updateTable("shard_leases")
        .set({ successor_ready: 1 })
        .where("shard", "=", shard)
        .where("successor", "=", successor)
        .execute();
    },

    async forget(replica) {
      await db.updateTable("shard_leases").set({ owner: null }).where("owner", "=", replica).execute();
      await db.deleteFrom("replicas").where("id", "=", replica).execute();
    },

    async reserveIdentify(bucket, interval) {
      const { rows } = await sql<{ readonly wait: number }>`
        insert into identify_slots (bucket, free_at) values (${bucket}, ${NOW} + ${interval})
        on conflict (bucket) do update set free_at = greatest(identify_slots.free_at, ${NOW}) + ${interval}
        returning free_at - ${interval} - ${NOW} as wait`.execute(db);
      return Math.max(0, rows[0]?.wait ?? 0);
    },

    async claimInteraction(interaction) {
      await sql`delete from claimed_interactions where at < ${NOW} - ${CLAIM_KEPT}`.execute(db);
      const { rows } = await sql`insert into claimed_interactions (id, at) values (${interaction}, ${NOW})
        on conflict (id) do nothing returning id`.execute(db);
      return rows.length === 1;
    },

    close: () => db.destroy(),
  };
};

/**
 * Opens the rows by which replicas share the shards, on connections of their own: no other statement makes a renewal
 * late.
 * @param address of a PostgreSQL database that has been migrated, a `postgres://` URL
 * @throws UserError in one sentence for the operator when the database cannot be used
 */
export const openLeaseStore = async (address: string): Promise<LeaseStore> =>
  createLeaseStore(await readDatabase(address, { queryTimeout: QUERY_TIMEOUT }));
