import { describe, test } from "vitest";
import { lockDatabase } from "../../src/storage/databaseLock.ts";
import { emptyDatabase, noPostgres } from "../support/databases.ts";
import { openWay } from "../support/networkWay.ts";
import { runOn } from "../support/postgresServer.ts";

/** Of pg_locks, which lists those of all databases. */
const OURS = `locktype = 'advisory' and granted
  and database = (select oid from pg_database where datname = current_database())`;

describe.skipIf(noPostgres !== undefined)(noPostgres ?? "PostgreSQL", () => {
  test.concurrent("a database is one process's own: a second one waits, and is refused in one sentence", async ({
    expect,
  }) => {
    const url = await emptyDatabase();
    const first = await lockDatabase(url);
    let waits = 0;
    const refused = lockDatabase(url, { patience: 300, onWait: () => waits++ });
    await expect(refused).rejects.toThrow(/^LULL_DATABASE_URL: .* is in use by another Lull/);
    const waiting = lockDatabase(url, { onWait: () => void first.release() });
    await (await waiting).release();
    expect(waits).toBe(1);
  });

  test.concurrent("replicas share a database; who copies it waits until the last has ended", async ({ expect }) => {
    const url = await emptyDatabase();
    const replicas = [await lockDatabase(url, { kind: "shared" }), await lockDatabase(url, { kind: "shared" })];
    await replicas[0]?.release();
    await expect(lockDatabase(url, { patience: 0 })).rejects.toThrow(/is in use by another Lull/);
    await replicas[1]?.release();
    const alone = await lockDatabase(url);
    await expect(lockDatabase(url, { kind: "shared", patience: 0 })).rejects.toThrow(/is in use by another Lull/);
    await alone.release();
  });

  test.concurrent("a lock that is lost with its connection is claimed again, or the process told that another has it", async ({
    expect,
  }) => {
    const url = await emptyDatabase();
    const loseConnections = () => runOn(url, `select pg_terminate_backend(pid) from pg_locks where ${OURS}`);
    let taken = 0;
    const lock = await lockDatabase(url, { patience: 500, onTaken: () => taken++ });
    const isHeld = () =>
      lockDatabase(url, { patience: 0 }).then(
        (other) => other.release().then(() => false),
        () => true,
      );
    await loseConnections();
    await expect.poll(isHeld, { interval: 200 }).toBe(true);
    expect(taken).toBe(0);
    await loseConnections();
    const other = await lockDatabase(url);
    await expect.poll(() => taken, { interval: 50 }).toBe(1);
    await lock.release();
    await other.release();
  });

  test.concurrent("a lock whose loss the server has not noticed is this process's own again", async ({ expect }) => {
    const url = new URL(await emptyDatabase());
    const way = await openWay(Number(url.port));
    let taken = 0;
    const through = Object.assign(new URL(url), { port: String(way.port) }).href;
    const lock = await lockDatabase(through, { patience: 2_000, onTaken: () => taken++ });
    const holder = () => runOn(url.href, `select pid from pg_locks where ${OURS}`);
    const [before] = await holder();
    way.cut("half");
    way.open();
    expect(await holder()).toEqual([before]);
    await expect.poll(holder, { interval: 100 }).not.toEqual([before]);
    await expect.poll(holder, { interval: 100 }).toHaveLength(1);
    expect(taken).toBe(0);
    await lock.release();
    await way.close();
  });
});
