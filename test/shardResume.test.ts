import { expect, test } from "vitest";
import { type GuildId, id } from "../src/kernel/ids.ts";
import { silentLog } from "../src/kernel/log.ts";
import { createShardResume } from "../src/shardResume.ts";

const guildOn = (shard: number) => id<GuildId>(String(shard));

/** A process that serves shards as it is told to, and what came back on them, in order. */
const openProcess = ({ isShared = true } = {}) => {
  const events: string[] = [];
  const own = new Set<number>();
  let ready: (shard: number) => void = () => {};
  const resume = createShardResume({
    shards: {
      count: 4,
      isShared,
      ids: () => [...own],
      of: (guild) => Number(guild),
      carries: (guild) => own.has(Number(guild)),
      answers: () => true,
      onReady: (told) => {
        ready = told;
      },
      onClosed: () => {},
      handle: () => {},
      allReady: Promise.resolve(),
    },
    leaveStaleVoiceStates: () => {},
    answerFor: (shard) => void events.push(`answers ${shard}`),
  });
  return {
    events,
    resume,
    serve(shard: number) {
      own.add(shard);
      ready(shard);
    },
    lose: (shard: number) => void own.delete(shard),
  };
};

/** The shards of 0 to 3 that `includes` takes in. */
const shardsIn = (includes: (guild: GuildId) => boolean = () => true) =>
  [0, 1, 2, 3].filter((shard) => includes(guildOn(shard)));

const isPast = (events: readonly string[]) => expect.poll(() => events);

test("members of the next shard are answered while what the last one has scheduled is still read", async () => {
  const { events, resume, serve } = openProcess();
  const slow = Promise.withResolvers<void>();
  const first = resume.start({
    sessions: {
      all: () => [],
      async restore(includes) {
        events.push(`restores ${shardsIn(includes)}`);
        return 0;
      },
    },
    evenings: { open: async () => {}, resume: (includes) => void events.push(`resumes ${shardsIn(includes)}`) },
    refresh: (includes) => (includes(guildOn(0)) ? slow.promise : Promise.resolve()),
    log: silentLog,
  });
  serve(0);
  serve(1);
  await isPast(events).toEqual(["restores 0", "answers 0", "restores 1", "answers 1"]);
  // An evening might be the one that was cut off.
  expect([resume.has(guildOn(0)), resume.has(guildOn(1))]).toEqual([false, false]);
  slow.resolve();
  await first;
  await isPast(events).toEqual(["restores 0", "answers 0", "restores 1", "answers 1", "resumes 0", "resumes 1"]);
  expect([resume.has(guildOn(0)), resume.has(guildOn(1))]).toEqual([true, true]);
});

test.concurrent("a shard is tried again while the database is away", async ({ expect }) => {
  const { events, resume, serve } = openProcess();
  let tries = 0;
  const first = resume.start({
    sessions: {
      all: () => [],
      async restore() {
        tries += 1;
        if (tries === 1) throw new Error("The database is away");
        return 0;
      },
    },
    evenings: { open: async () => {}, resume: (includes) => void events.push(`resumes ${shardsIn(includes)}`) },
    log: silentLog,
  });
  serve(0);
  await first;
  expect(events).toEqual(["answers 0", "resumes 0"]);
  resume.forget(0);
  expect(resume.has(guildOn(0))).toBe(false);
});

test.concurrent("a shard that another process serves meanwhile is left to it, and delays no other", async ({
  expect,
}) => {
  const { events, resume, serve, lose } = openProcess();
  const restored: number[] = [];
  const first = resume.start({
    sessions: {
      all: () => [],
      async restore(includes) {
        restored.push(...shardsIn(includes));
        if (includes?.(guildOn(0)) === true) throw new Error("The database is away");
        return 0;
      },
    },
    evenings: { open: async () => {}, resume: (includes) => void events.push(`resumes ${shardsIn(includes)}`) },
    log: silentLog,
  });
  serve(0);
  serve(1);
  await expect.poll(() => restored).toEqual([0]);
  lose(0);
  await first;
  expect(restored).toEqual([0, 1]);
  expect(events).toEqual(["answers 1", "resumes 1"]);
  expect(resume.has(guildOn(0))).toBe(false);
});

test("a process of its own says so where what was running can't be read", async () => {
  const { resume, serve } = openProcess({ isShared: false });
  const started = resume.start({
    sessions: { all: () => [], restore: () => Promise.reject(new Error("The file is damaged")) },
    evenings: { open: async () => {}, resume: () => {} },
    log: silentLog,
  });
  serve(0);
  await expect(started).rejects.toThrow("The file is damaged");
});
