import type { JobWithMetadata, PgBoss } from "pg-boss";
import { z } from "zod";
import type { Clock } from "../kernel/clock.ts";
import { createDeadlineHeap } from "../kernel/deadlineHeap.ts";
import { createDeadlineTimer } from "../kernel/deadlineTimer.ts";
import { type GuildId, id } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { hours, type Millis, seconds } from "../kernel/units.ts";
import type { DueJobKind, DueJobRun, DueJobs, OpenDueJobs } from "../ports/dueJobs.ts";

/** What another process has set is found within these; what this one has set, at its moment. */
const POLL_INTERVAL: Millis = seconds(5);
/** How soon a job is handed out again that was not done. */
const RETRY_DELAY: Millis = seconds(5);
/** A job whose process has not been heard of for so long is handed to another; pg-boss takes no less. */
const HEARTBEAT: Millis = seconds(10);
/** A third of that, so that one beat may be lost. */
const BEAT_INTERVAL: Millis = seconds(3);
/** A turn may wait for a quarter of an hour until its sound is heard. */
const LONGEST_TURN: Millis = hours(1);
/** Jobs fetched, or set, by one statement. */
const BATCH = 100;
/** By so much the server's clock may be behind: due jobs are asked for again, later each time. */
const ASKS_AGAIN: readonly Millis[] = [50, 200, 500, 1_000, 2_000];

/** Which guilds' jobs this process does. */
export interface DueShards {
  /** How many shards there are in all. */
  readonly count: number;
  /** Those of this process; they change. */
  ids(): readonly number[];
  of(guild: GuildId): number;
}

const Data = z.object({ key: z.string(), guild: z.string() });
type Job = JobWithMetadata<unknown>;

/**
 * What pg-boss is told of a queue: one job per key may wait, and one may be in hand. A job that fails, or whose process is
 * gone, is handed out again.
 */
const QUEUE = {
  policy: "stately",
  retryLimit: 100_000,
  heartbeatSeconds: HEARTBEAT / seconds(1),
  expireInSeconds: LONGEST_TURN / seconds(1),
  deleteAfterSeconds: hours(1) / seconds(1),
} as const;

/** Due jobs in the database, a queue for each kind and shard. */
export interface DueQueues {
  readonly open: OpenDueJobs;
  /** Ends every turn, so that another process has its job at once. */
  close(): Promise<void>;
}

/** What due queues work with. */
interface DueQueuesOptions {
  readonly boss: PgBoss;
  readonly shards: DueShards;
  readonly clock: Clock;
  readonly log: Log;
  /** How soon what another process has set is found; 5 s by default. */
  readonly pollInterval?: Millis;
  /** How soon a job is handed out again that was not done, or whose process is gone; whole seconds, 5 by default. */
  readonly retryDelay?: Millis;
}

/** Jobs of one kind. */
const openKind = (
  kind: DueJobKind,
  run: DueJobRun,
  { boss, shards, clock, log, pollInterval = POLL_INTERVAL, retryDelay = RETRY_DELAY }: DueQueuesOptions,
) => {
  /** Set, and not in the database yet; undefined: to be deleted. */
  const unsaved = new Map<string, { readonly guild: GuildId; readonly at: Millis | undefined }>();
  /** When this process knows a job to be due, and how often it has asked for it in vain. */
  const known = createDeadlineHeap<string>();
  const asked = new Map<string, { readonly shard: number; readonly times: number }>();
  const inHand = new Map<string, Job>();
  const queues = new Map<string, Promise<void>>();
  const polls = new Map<number, { readonly done: Promise<void>; hasBegun: boolean }>();
  let saving: Promise<void> | undefined;
  let isClosed = false;
  let isAway = false;

  const queueOf = (shard: number) => `${kind}-${shard}-of-${shards.count}`;

  /** Runs what needs the database; says once when it does not answer. @returns whether it did */
  const attempt = async (act: () => Promise<void>): Promise<boolean> => {
    try {
      await act();
      isAway = false;
      return true;
    } catch (error) {
      if (!isAway && !isClosed) log.warn("The job queue does not answer; trying again", { kind, error });
      isAway = true;
      return false;
    }
  };

  const ensureQueue = (queue: string): Promise<void> => {
    const made = queues.get(queue) ?? boss.createQueue(queue, { ...QUEUE, retryDelay: retryDelay / seconds(1) });
    queues.set(queue, made);
    return made.catch((error: unknown) => {
      queues.delete(queue);
      throw error;
    });
  };

  const expect = (key: string, shard: number, at: Millis, times = 0) => {
    known.set(key, at);
    asked.set(key, { shard, times });
    timer.set(known.first()?.at);
  };
  const expectNoMore = (key: string) => {
    known.delete(key);
    asked.delete(key);
  };

  const upsert = (queue: string, key: string, guild: string, at: Millis) =>
    boss.upsert(queue, { key, guild }, { singletonKey: key, startAfter: new Date(at) });

  const remove = async (queue: string, key: string): Promise<void> => {
    const jobs = await boss.findJobs(queue, { key, queued: true });
    if (jobs.length > 0)
      await boss.deleteJob(
        queue,
        jobs.map((job) => job.id),
      );
  };

  /** Many at once, as after a start, when most are there already. */
  const saveMany = async (queue: string, changes: readonly (readonly [string, string, Millis])[]): Promise<void> => {
    const there = new Map<string, Millis>();
    for (const job of await boss.findJobs(queue, { queued: true, limit: 100_000 }))
      if (job.singletonKey !== null) there.set(job.singletonKey, job.startAfter.getTime());
    const added = changes.filter(([key]) => !there.has(key));
    for (let from = 0; from < added.length; from += BATCH) {
      const jobs = added.slice(from, from + BATCH).map(([key, guild, at]) => ({
        data: { key, guild },
        singletonKey: key,
        startAfter: new Date(at),
      }));
      await boss.insert(queue, jobs);
    }
    for (const [key, guild, at] of changes)
      if (there.has(key) && there.get(key) !== at) await upsert(queue, key, guild, at);
  };

  const saveShard = async (shard: number, keys: readonly string[]): Promise<void> => {
    const queue = queueOf(shard);
    await ensureQueue(queue);
    const changes = keys.map((key) => [key, unsaved.get(key)] as const).filter(([, change]) => change !== undefined);
    const sets = changes.flatMap(([key, change]) =>
      change?.at === undefined ? [] : [[key, change.guild, change.at] as const],
    );
    if (sets.length > 10) await saveMany(queue, sets);
    else for (const [key, guild, at] of sets) await upsert(queue, key, guild, at);
    for (const [key, change] of changes) if (change?.at === undefined) await remove(queue, key);
    for (const [key, change] of changes) if (unsaved.get(key) === change) unsaved.delete(key);
    if (sets.some(([, , at]) => at <= clock.now())) void poll(shard);
  };

  const saveAll = async (): Promise<void> => {
    // What is set in the same turn of the thread is saved together.
    await new Promise(setImmediate);
    while (unsaved.size > 0) {
      const shardsOf = Map.groupBy(unsaved, ([, { guild }]) => shards.of(guild));
      for (const [shard, changes] of shardsOf)
        await saveShard(
          shard,
          changes.map(([key]) => key),
        );
    }
  };

  const save = (): void => {
    if (saving !== undefined || isClosed) return;
    saving = attempt(saveAll).then(() => {
      saving = undefined;
    });
  };

  const finish = async (queue: string, job: Job, key: string, guild: GuildId): Promise<void> => {
    const { isDone, at } = await run(key, job.startedOn.getTime());
    if (isClosed) return;
    if (at !== undefined) expect(key, shards.of(guild), at);
    // The next is set first: where this fails, the job is handed out again, and the next is set then.
    await attempt(async () => {
      if (!isDone) await boss.fail(queue, job);
      else {
        if (at !== undefined && !unsaved.has(key)) await upsert(queue, key, guild, at);
        await boss.complete(queue, job);
      }
    });
  };

  const take = async (queue: string, job: Job): Promise<void> => {
    const { data } = Data.safeParse(job.data);
    if (data === undefined) return void (await attempt(async () => void (await boss.deleteJob(queue, job.id))));
    expectNoMore(data.key);
    inHand.set(job.id, job);
    // It is handed back with the others.
    if (isClosed) return;
    await finish(queue, job, data.key, id<GuildId>(data.guild));
    inHand.delete(job.id);
  };

  const fetchAll = async (shard: number): Promise<void> => {
    const queue = queueOf(shard);
    await ensureQueue(queue);
    for (;;) {
      if (isClosed) return;
      const jobs = await boss.fetch<unknown>(queue, { batchSize: BATCH, includeMetadata: true });
      for (const job of jobs) void take(queue, job);
      if (jobs.length < BATCH) return;
    }
  };

  /** Asks a shard's queue for what is due; once more where it is being asked already. */
  const poll = (shard: number): Promise<void> => {
    const last = polls.get(shard);
    if (last?.hasBegun === false) return last.done;
    const next = {
      hasBegun: false,
      done: (last?.done ?? Promise.resolve()).then(async () => {
        next.hasBegun = true;
        if (!isClosed && shards.ids().includes(shard)) await attempt(() => fetchAll(shard));
      }),
    };
    polls.set(shard, next);
    return next.done;
  };

  const askForDue = async (): Promise<void> => {
    const now = clock.now();
    const due = new Map<string, { readonly shard: number; readonly times: number }>();
    for (let first = known.first(); first !== undefined && first.at <= now; first = known.first()) {
      const ask = asked.get(first.key);
      if (ask !== undefined) due.set(first.key, ask);
      known.delete(first.key);
    }
    await Promise.all([...new Set([...due.values()].map(({ shard }) => shard))].map(poll));
    for (const [key, { shard, times }] of due) {
      if (asked.get(key)?.times !== times || isClosed) continue;
      const pause = ASKS_AGAIN[times];
      if (pause === undefined) expectNoMore(key);
      else expect(key, shard, clock.now() + pause, times + 1);
    }
    timer.set(isClosed ? undefined : known.first()?.at);
  };
  const timer = createDeadlineTimer(clock, () => void askForDue());

  const pollAll = () => {
    cancelPoll = clock.after(pollInterval, pollAll);
    save();
    for (const shard of shards.ids()) void poll(shard);
  };
  const beat = () => {
    cancelBeat = clock.after(BEAT_INTERVAL, beat);
    for (const [queue, jobs] of Map.groupBy(inHand.values(), (job) => job.name))
      void attempt(async () => void (await boss.touch(queue, jobs)));
  };
  let cancelPoll = clock.after(0, pollAll);
  let cancelBeat = clock.after(BEAT_INTERVAL, beat);

  const change = (key: string, guild: GuildId, at: Millis | undefined) => {
    if (isClosed) return;
    unsaved.set(key, { guild, at });
    if (at === undefined) expectNoMore(key);
    else expect(key, shards.of(guild), at);
    save();
  };

  const jobs: DueJobs = {
    set: change,
    delete: (key, guild) => change(key, guild, undefined),
    close() {
      isClosed = true;
      timer.set(undefined);
      cancelPoll();
      cancelBeat();
    },
  };
  return {
    jobs,
    /** Hands back what is in hand. */
    async release(): Promise<void> {
      jobs.close();
      await Promise.all([saving, ...[...polls.values()].map(({ done }) => done)]);
      for (const [queue, held] of Map.groupBy(inHand.values(), (job) => job.name))
        await attempt(async () => {
          await boss.fail(queue, held);
          for (const job of held) await boss.update(queue, undefined, { id: job.id, startAfter: 0 });
        });
    },
  };
};

/**
 * Due jobs as pg-boss's jobs, in one queue for each kind and shard, which only the process asks that carries the shard.
 * Whatever becomes of a job's row, its owner sets it again when it starts.
 */
export const createDueQueues = (options: DueQueuesOptions): DueQueues => {
  const kinds: ReturnType<typeof openKind>[] = [];
  return {
    open(kind, run) {
      const opened = openKind(kind, run, options);
      kinds.push(opened);
      return opened.jobs;
    },
    close: async () => void (await Promise.all(kinds.map((kind) => kind.release()))),
  };
};
