import { randomUUID } from "node:crypto";
import { describe, test } from "vitest";
import { silentLog } from "../../src/kernel/log.ts";
import { type Millis, seconds } from "../../src/kernel/units.ts";
import { createReplica, type Replica } from "../../src/leases/replica.ts";
import { openLeaseStore } from "../../src/storage/leases.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { emptyDatabase, noPostgres } from "../support/databases.ts";
import { openWay } from "../support/networkWay.ts";

/** Short, so that the tests are; what is true of it is true of longer ones. */
const TERM: Millis = seconds(6);
const soon = { timeout: seconds(30), interval: 50 };

const migrated = async (): Promise<string> => {
  const url = await emptyDatabase();
  await (await openStorage({ path: "", url })).close();
  return url;
};

/** A replica whose gateway sessions are open at once, and what it did. */
const openReplica = async (url: string, shards: number, options: { readonly rooms?: readonly number[] } = {}) => {
  const replica: Replica = createReplica({
    id: randomUUID(),
    store: await openLeaseStore(url),
    term: TERM,
    log: silentLog,
  });
  const served = new Set<number>();
  const did: string[] = [];
  let proof = 0;
  await replica.agreeOnShards(shards, shards);
  replica.start({
    open(shard) {
      did.push(`open ${shard}`);
      setImmediate(() => replica.ready(shard));
    },
    close: (shard) => void did.push(`close ${shard}`),
    serve(shard) {
      did.push(`serve ${shard}`);
      served.add(shard);
    },
    async prepare(shard) {
      did.push(`prepare ${shard}`);
    },
    async stop(shard) {
      did.push(`stop ${shard}`);
      served.delete(shard);
    },
    cut(shard) {
      did.push(`cut ${shard}`);
      served.delete(shard);
    },
    rooms: (shard) => options.rooms?.[shard] ?? 0,
    provenUntil(moment) {
      proof = moment;
    },
    replicas() {},
  });
  return { replica, served, did, proof: () => proof, shards: () => [...served].sort() };
};

describe.skipIf(noPostgres !== undefined)(noPostgres ?? "replicas", () => {
  test.concurrent("the first takes every shard, a second gets its share one by one, and each is served by one", async ({
    expect,
  }) => {
    const url = await migrated();
    const first = await openReplica(url, 4, { rooms: [9, 1, 5, 0] });
    await expect.poll(first.shards, soon).toEqual([0, 1, 2, 3]);
    const second = await openReplica(url, 4);
    // The shards with the fewest rooms move.
    await expect.poll(second.shards, soon).toEqual([1, 3]);
    expect(first.shards()).toEqual([0, 2]);
    // Each was opened by the second before the first gave it up.
    expect(second.did.filter((what) => !what.startsWith("serve"))).toEqual([
      "open 3",
      "prepare 3",
      "open 1",
      "prepare 1",
    ]);
    expect(first.replica.token(1)).toBeUndefined();
    expect(second.replica.token(1)).toBeGreaterThan(4);

    await second.replica.drain(seconds(10));
    await expect.poll(first.shards, soon).toEqual([0, 1, 2, 3]);
    expect(second.did).not.toContain("cut 1");
    await second.replica.close();
    await first.replica.drain(seconds(10));
    expect(first.shards()).toEqual([]);
    await first.replica.close();
  });

  test.concurrent("a replica without the database ends its shards before another takes them", async ({ expect }) => {
    const url = new URL(await migrated());
    const way = await openWay(Number(url.port));
    const cut = await openReplica(Object.assign(new URL(url), { port: String(way.port) }).href, 2);
    await expect.poll(cut.shards, soon).toEqual([0, 1]);
    way.cut("silent");
    const other = await openReplica(url.href, 2);
    const both = () => cut.served.size > 0 && other.served.size > 0;
    let everBoth = false;
    const watching = setInterval(() => (everBoth ||= both()), 5);
    await expect.poll(other.shards, soon).toEqual([0, 1]);
    clearInterval(watching);
    expect(everBoth).toBe(false);
    expect(cut.did.filter((what) => /cut|stop/.test(what))).toEqual(["stop 0", "stop 1"]);
    expect([cut.replica.serves(0), other.replica.serves(0)]).toEqual([false, true]);
    way.open();
    // It is back, and gets its share again.
    await expect.poll(() => [cut.served.size, other.served.size], soon).toEqual([1, 1]);
    for (const { replica } of [cut, other]) await replica.close();
    await way.close();
  });

  test.concurrent("the number of shards holds while anyone serves one; after that it may change, and old tokens count for nothing", async ({
    expect,
  }) => {
    const url = await migrated();
    const first = await openReplica(url, 2);
    await expect.poll(first.shards, soon).toEqual([0, 1]);
    const token = first.replica.token(0) ?? 0;
    const store = await openLeaseStore(url);
    expect(await store.agreeOnShards(3, 1)).toBe(2);
    await first.replica.drain(0);
    expect(await store.agreeOnShards(undefined, 5)).toBe(2);
    expect(await store.agreeOnShards(3, 1)).toBe(3);
    expect((await store.look({ id: "a", isDraining: false })).shards).toHaveLength(3);
    expect(await store.take(0, "a", TERM)).toBeGreaterThan(token);
    expect(await store.take(0, "b", TERM)).toBeUndefined();
    await first.replica.close();
    await store.close();
  });

  test.concurrent("replicas wait for each other's identifies, bucket by bucket", async ({ expect }) => {
    const url = await migrated();
    const [one, other] = [await openLeaseStore(url), await openLeaseStore(url)] as const;
    const waits = await Promise.all([one, other, one].map((store) => store.reserveIdentify(0, seconds(5))));
    const [first = 0, second = 0, third = 0] = waits.toSorted((a, b) => a - b);
    expect(first).toBe(0);
    expect(second).toBeGreaterThan(seconds(4));
    expect(third - second).toBeGreaterThan(seconds(4.9));
    expect(await other.reserveIdentify(1, seconds(5))).toBe(0);
    await one.close();
    await other.close();
  });
});
