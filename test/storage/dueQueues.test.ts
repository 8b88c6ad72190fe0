import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";
import { systemClock } from "../../src/kernel/clock.ts";
import { type GuildId, id } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { hours } from "../../src/kernel/units.ts";
import type { DueJobResult } from "../../src/ports/dueJobs.ts";
import { createDueQueues } from "../../src/storage/dueQueues.ts";
import { openJobDatabase } from "../../src/storage/jobDatabase.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { emptyDatabase, noPostgres } from "../support/databases.ts";
import { openWay } from "../support/networkWay.ts";
import { runOn } from "../support/postgresServer.ts";

const EVENINGS = 300;

/** Each has one occurrence of today, which has been due for a minute. */
const addDueSchedules = (url: string) =>
  runOn(
    url,
    `insert into schedules (id, guild, programme, days, time, zone, channel, panel, created_by, created_at)
    select number, number, 'sleep', '1234567', to_char(now() at time zone 'UTC' - interval '1 minute', 'HH24:MI'), 'UTC',
      '10', '20', '100', extract(epoch from now() - interval '1 hour')::bigint * 1000
    from generate_series(1, ${EVENINGS}) as number`,
  );

/** Queues as a replica opens them, with what they have handed to it. */
const openReplica = async (url: string, ids: readonly number[], run?: (key: string) => Promise<DueJobResult>) => {
  const { boss, close } = await openJobDatabase(url, { log: silentLog, onOutage: () => {} });
  const shards = { count: 2, ids: () => ids, of: (guild: GuildId) => Number(guild) % 2 };
  const queues = createDueQueues({ boss, shards, clock: systemClock, log: silentLog });
  const done: string[] = [];
  const turns: number[] = [];
  const jobs = queues.open("evening", async (key, turn) => {
    turns.push(turn ?? 0);
    const result = await (run?.(key) ?? { isDone: true, at: undefined });
    done.push(key);
    return result;
  });
  return { ...jobs, boss, done, turns, release: () => queues.close().then(close) };
};

describe.skipIf(noPostgres !== undefined)(noPostgres ?? "what is due, in PostgreSQL", () => {
  const [even, odd] = [id<GuildId>("2"), id<GuildId>("3")];
  const never = { isDone: true, at: undefined };

  test.concurrent("is done on time by the replica that carries its guild, as it was set last", async ({ expect }) => {
    const url = await emptyDatabase();
    const [first, second] = await Promise.all([openReplica(url, [0]), openReplica(url, [1])]);
    const now = Date.now();
    // More than are set one by one, of which some are there already.
    for (let number = 0; number < 20; number++) first.set(`far ${number}`, even, now + hours(1));
    first.set("cancelled", even, now + hours(1));
    first.set("sooner", even, now + hours(1));
    first.set("of the other", odd, now);
    await expect.poll(() => second.done).toEqual(["of the other"]);
    for (let number = 0; number < 20; number++) first.set(`far ${number}`, even, now + hours(number < 19 ? 1 : 2));
    first.delete("cancelled", even);
    const soon = Date.now() + 1_000;
    first.set("sooner", even, soon);
    await expect.poll(() => first.done).toEqual(["sooner"]);
    expect(Date.now()).toBeGreaterThanOrEqual(soon);
    const waiting = await first.boss.findJobs("evening-0-of-2", { queued: true });
    const at = (key: string) => waiting.find((job) => job.singletonKey === key)?.startAfter.getTime();
    expect(waiting).toHaveLength(20);
    expect([at("far 0"), at("far 19")]).toEqual([now + hours(1), now + hours(2)]);
    await Promise.all([first.release(), second.release()]);
  });

  test.concurrent("is handed to the next replica when one ends in the middle of it, with a later turn", async ({
    expect,
  }) => {
    const url = await emptyDatabase();
    const { promise: stuck } = Promise.withResolvers<DueJobResult>();
    const first = await openReplica(url, [0, 1], () => stuck);
    first.set("long", even, Date.now());
    await expect.poll(() => first.turns.length).toBe(1);
    await first.release();
    const second = await openReplica(url, [0, 1]);
    await expect.poll(() => second.done).toEqual(["long"]);
    expect(second.turns[0]).toBeGreaterThan(first.turns[0] ?? Number.POSITIVE_INFINITY);
    await second.release();
  });

  test.concurrent("is set once the database is back, and what is not done is tried again", async ({ expect }) => {
    const url = await emptyDatabase();
    const way = await openWay(Number(new URL(url).port));
    let tries = 0;
    const replica = await openReplica(Object.assign(new URL(url), { port: String(way.port) }).href, [0, 1], async () =>
      ++tries === 1 ? { isDone: false, at: Date.now() + 5_000 } : never,
    );
    way.cut("refused");
    replica.set("evening", even, Date.now());
    replica.set("gone", even, Date.now() + hours(1));
    replica.delete("gone", even);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(tries).toBe(0);
    way.open();
    await expect.poll(() => replica.done, { timeout: 40_000 }).toEqual(["evening", "evening"]);
    expect(await replica.boss.findJobs("evening-0-of-2", { queued: true })).toEqual([]);
    await replica.release();
    await way.close();
  });
});

describe.skipIf(noPostgres !== undefined)(noPostgres ?? "two replicas of which one is killed", () => {
  test.concurrent("begin each of 300 evenings once, and leave none claimed and not begun", {
    timeout: 150_000,
  }, async ({ expect }) => {
    const url = await emptyDatabase();
    const storage = await openStorage({ path: "", url });
    await runOn(url, "create table begun (key text, worker text)");
    await addDueSchedules(url);
    const script = fileURLToPath(new URL("./dueWorker.ts", import.meta.url));
    const workers: ChildProcess[] = [];
    const open = async (name: string) => {
      const worker = fork(script, [url, name]);
      workers.push(worker);
      await once(worker, "message");
      return worker;
    };
    try {
      const [doomed, other] = [await open("doomed"), await open("other")];
      let count = 0;
      const killed = once(doomed, "exit");
      doomed.on("message", () => ++count === 40 && doomed.kill("SIGKILL"));
      for (const worker of [doomed, other]) worker.send("open");
      await killed;
      const [before] = (await runOn(url, "select count(*)::int as all from begun")) as { all: number }[];
      expect(before?.all).toBeLessThan(EVENINGS);
      other.send("take over");
      const unsettled = "select count(*)::int as left from occurrences where fate = 'started'";
      await expect
        .poll(async () => ((await runOn(url, unsettled)) as { left: number }[])[0]?.left, {
          timeout: 100_000,
          interval: 500,
        })
        .toBe(EVENINGS);
      const twice = await runOn(url, "select key from begun group by key having count(*) > 1");
      expect(twice).toEqual([]);
      const [all] = (await runOn(
        url,
        "select count(*)::int as all, count(distinct worker)::int as workers from begun",
      )) as {
        all: number;
        workers: number;
      }[];
      expect(all).toEqual({ all: EVENINGS, workers: 2 });
    } finally {
      for (const worker of workers) worker.kill("SIGKILL");
      await storage.close();
    }
  });
});
