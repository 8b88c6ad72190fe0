import fc from "fast-check";
import { expect, test } from "vitest";
import { english } from "../../src/i18n/english.ts";
import { UserError } from "../../src/kernel/errors.ts";
import { type ChannelId, type GuildId, id, type ScheduleId, type UserId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { hours, type Millis, minutes, seconds } from "../../src/kernel/units.ts";
import type { Occurrence, Schedule, Weekday } from "../../src/ports/programmes.ts";
import { occurrenceKey } from "../../src/programmes/occurrenceStarter.ts";
import { nextOccurrence } from "../../src/programmes/occurrences.ts";
import { createScheduler } from "../../src/programmes/scheduler.ts";
import { type FakeClock, fakeClock, settle } from "../support/fakeClock.ts";

const at = (iso: string) => Date.parse(iso);
const guild = id<GuildId>("1");
const DAILY: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

const schedule = (more: Partial<Schedule> = {}): Schedule => ({
  id: id<ScheduleId>("s"),
  guild,
  programme: "sleep",
  days: DAILY,
  time: "22:30",
  zone: "Europe/Berlin",
  channel: id<ChannelId>("10"),
  panel: id<ChannelId>("20"),
  by: id<UserId>("100"),
  createdAt: at("2026-11-23T12:00:00+01:00"),
  ...more,
});

/** What outlives the process: rows, and the session that is kept. */
const schedulerHarness = (clock: FakeClock, ...schedules: Schedule[]) => {
  const rows = new Map<string, Occurrence>();
  const begun: { readonly key: string; readonly at: Millis }[] = [];
  const fates: string[] = [];
  const state = {
    locked: false,
    here: true,
    running: undefined as string | undefined,
    refusal: undefined as Error | undefined,
    elsewhere: undefined as GuildId | undefined,
  };
  let steps = 0;
  let dieAt = Number.POSITIVE_INFINITY;

  /** A step of the process; once it has died, it takes no further one. */
  const step = async () => {
    await Promise.resolve();
    if (++steps >= dieAt) await new Promise(() => {});
  };
  const rowOf = (one: Pick<Occurrence, "schedule" | "date">) => `${one.schedule}/${one.date}`;

  const start = async () => {
    const scheduler = createScheduler({
      clock,
      log: silentLog,
      schedules: {
        all: async () => schedules,
        of: async (name) => schedules.filter((one) => one.guild === name),
        find: async (name) => schedules.find((one) => one.id === name),
        lastSettled: async () => new Map(),
        async claim(one) {
          await step();
          if (rows.has(rowOf(one))) return false;
          rows.set(rowOf(one), one);
          await step();
          return true;
        },
        async settle(one) {
          await step();
          if (state.locked) throw new Error("The database is locked");
          rows.set(rowOf(one), one);
          await step();
          return true;
        },
        async occurrences(of) {
          return [...rows.values()].filter((one) => one.schedule === of).toSorted((a, b) => (a.date < b.date ? 1 : -1));
        },
      },
      isAvailable: () => state.here,
      carries: (guild) => guild !== state.elsewhere,
      isOn: (_guild, occurrence) => state.running === occurrence,
      async startSession(_, key) {
        await step();
        if (state.refusal !== undefined) throw state.refusal;
        begun.push({ key, at: clock.now() });
        state.running = key;
        await step();
      },
      untilHeard: async () => {},
      onOutcome: (_, one) => fates.push(one.status),
    });
    await scheduler.open();
    await settle();
    return scheduler;
  };

  return {
    state,
    schedules,
    begun: () => begun.splice(0),
    fates: () => fates.splice(0),
    fateOf: (date: string) => rows.get(`s/${date}`)?.status,
    note: (date: string) => english.of(rows.get(`s/${date}`)?.note ?? ""),
    skip: (date: string) =>
      void rows.set(`s/${date}`, { schedule: id<ScheduleId>("s"), date, status: "skipped", at: clock.now() }),
    start,
    /** The process dies after so many more steps. */
    dieAfter(count: number) {
      dieAt = steps + count;
    },
    revive() {
      dieAt = Number.POSITIVE_INFINITY;
    },
  };
};

const eveningClock = fakeClock.bind(undefined, at("2026-11-23T20:00:00+01:00"));

test("an evening begins at its time, each day once", async () => {
  const clock = eveningClock();
  const harness = schedulerHarness(clock, schedule());
  await harness.start();
  await clock.advance(hours(2.5) - 1);
  expect(harness.begun()).toEqual([]);
  await clock.advance(1);
  expect(harness.begun()).toEqual([{ key: "s/2026-11-23", at: at("2026-11-23T22:30:00+01:00") }]);
  await clock.advance(hours(48));
  expect(harness.begun().map(({ key }) => key)).toEqual(["s/2026-11-24", "s/2026-11-25"]);
});

test("what another process has cancelled or added is known once it is read again", async () => {
  const clock = eveningClock();
  const harness = schedulerHarness(clock, schedule());
  const scheduler = await harness.start();
  harness.schedules.splice(0, 1, schedule({ id: id<ScheduleId>("t"), time: "23:00" }));
  await scheduler.reload(guild);
  expect(scheduler.of(guild)).toEqual(harness.schedules);
  await clock.advance(hours(24));
  expect(harness.begun().map(({ key }) => key)).toEqual(["t/2026-11-23"]);
  harness.schedules.splice(0);
  await scheduler.open();
  expect(scheduler.all()).toEqual([]);
});

test("what another process carries is left to it, and not called missed either", async () => {
  const clock = eveningClock();
  const harness = schedulerHarness(clock, schedule());
  harness.state.elsewhere = guild;
  await harness.start();
  await clock.advance(hours(48));
  expect([harness.begun(), harness.fates()]).toEqual([[], []]);
});

test("one that was left out does not begin, and the next one does", async () => {
  const clock = eveningClock();
  const harness = schedulerHarness(clock, schedule());
  harness.skip("2026-11-23");
  await harness.start();
  await clock.advance(hours(30));
  expect(harness.begun().map(({ key }) => key)).toEqual(["s/2026-11-24"]);
});

test("after a restart of 14 minutes it begins late; after one of 16 it is missed, and said to be", async () => {
  const clock = eveningClock();
  const harness = schedulerHarness(clock, schedule());
  clock.set(at("2026-11-23T22:44:00+01:00"));
  const scheduler = await harness.start();
  expect(harness.begun()).toHaveLength(1);
  scheduler.close();
  clock.set(at("2026-11-24T22:46:00+01:00"));
  await harness.start();
  expect(harness.begun()).toEqual([]);
  expect(harness.fateOf("2026-11-24")).toBe("missed");
  expect(harness.note("2026-11-24")).toMatch(/offline/);
});

test("one that was planned after its time today begins tomorrow", async () => {
  const clock = eveningClock();
  const harness = schedulerHarness(clock, schedule({ time: "19:00", createdAt: clock.now() }));
  await harness.start();
  expect(harness.begun()).toEqual([]);
  await clock.advance(hours(24));
  expect(harness.begun().map(({ key }) => key)).toEqual(["s/2026-11-24"]);
});

test("during an outage it waits, and begins when the guild is back", async () => {
  const clock = eveningClock();
  const harness = schedulerHarness(clock, schedule());
  harness.state.here = false;
  await harness.start();
  await clock.advance(hours(2.5) + minutes(5));
  expect(harness.begun()).toEqual([]);
  expect(harness.fateOf("2026-11-23")).toBeUndefined();
  harness.state.here = true;
  await clock.advance(seconds(5));
  expect(harness.begun()).toHaveLength(1);
});

test("what cannot be is said once, and not tried again until the next evening", async () => {
  const clock = eveningClock();
  const harness = schedulerHarness(clock, schedule());
  harness.state.refusal = new UserError("full", "The channel is full.");
  await harness.start();
  await clock.advance(hours(6));
  expect(harness.fates()).toEqual(["refused"]);
  expect(harness.note("2026-11-23")).toBe("The channel is full.");
  harness.state.refusal = undefined;
  await clock.advance(hours(24));
  expect(harness.begun()).toHaveLength(1);
});

test.each([
  ["channel-full", "The channel is full."],
  ["database-away", "The database can’t be reached."],
])("what may pass (%s) is waited for, and said after a quarter of an hour", async (code, text) => {
  const clock = eveningClock();
  const harness = schedulerHarness(clock, schedule());
  harness.state.refusal = new UserError(code, text);
  await harness.start();
  await clock.advance(hours(2.5) + minutes(10));
  expect(harness.fates()).toEqual([]);
  harness.state.refusal = undefined;
  await clock.advance(seconds(5));
  expect(harness.fates()).toEqual(["started"]);
  harness.state.refusal = new UserError(code, text);
  await clock.advance(hours(24) + minutes(10));
  expect(harness.fates()).toEqual(["refused"]);
  expect(harness.note("2026-11-24")).toBe(text);
});

test("what fails for no reason of ours is tried again every five seconds, for fifteen minutes", async () => {
  const clock = eveningClock();
  const harness = schedulerHarness(clock, schedule());
  harness.state.refusal = new Error("The database is locked");
  await harness.start();
  await clock.advance(hours(2.5) + seconds(12));
  expect(harness.begun()).toEqual([]);
  harness.state.refusal = undefined;
  await clock.advance(seconds(5));
  expect(harness.begun()).toHaveLength(1);
  expect(harness.fates()).toEqual(["started"]);
});

test("a database that is locked lets nothing begin again, though the room has stopped it meanwhile", async () => {
  const clock = eveningClock();
  const harness = schedulerHarness(clock, schedule());
  harness.state.locked = true;
  await harness.start();
  await clock.advance(hours(2.5) + seconds(3));
  expect(harness.begun()).toHaveLength(1);
  harness.state.running = undefined;
  await clock.advance(seconds(30));
  harness.state.locked = false;
  await clock.advance(seconds(5));
  expect(harness.begun()).toEqual([]);
  expect(harness.fates()).toEqual(["started"]);
});

test("a clock that is set back starts nothing a second time", async () => {
  const clock = eveningClock();
  const harness = schedulerHarness(clock, schedule());
  await harness.start();
  await clock.advance(hours(3));
  expect(harness.begun()).toHaveLength(1);
  harness.state.running = undefined;
  clock.set(at("2026-11-23T22:00:00+01:00"));
  await clock.advance(hours(2));
  expect(harness.begun()).toEqual([]);
});

test.each([
  ["Europe/Berlin", "02:30", "2026-03-28T20:00:00+01:00", "2026-03-29T01:00:00Z"],
  ["Europe/Berlin", "02:30", "2026-10-24T20:00:00+02:00", "2026-10-25T00:30:00Z"],
  ["America/New_York", "01:30", "2026-10-31T20:00:00-04:00", "2026-11-01T05:30:00Z"],
  ["Australia/Lord_Howe", "02:15", "2026-10-03T20:00:00+10:30", "2026-10-03T15:30:00Z"],
])("the night in which the clocks change in %s has one start", async (zone, time, now, expected) => {
  const clock = fakeClock(at(now));
  const harness = schedulerHarness(clock, schedule({ zone, time, createdAt: 0 }));
  await harness.start();
  await clock.advance(hours(20));
  expect(harness.begun().map((one) => one.at)).toEqual([at(expected)]);
});

test("a process that dies at any step starts the evening once all the same", async () => {
  for (let step = 1; step <= 8; step++) {
    const clock = eveningClock();
    const harness = schedulerHarness(clock, schedule());
    const first = await harness.start();
    harness.dieAfter(step);
    await clock.advance(hours(2.5) + seconds(1));
    first.close();
    harness.revive();
    await harness.start();
    await clock.advance(minutes(20));
    expect(harness.begun(), `died at step ${step}`).toHaveLength(1);
    expect(harness.fateOf("2026-11-23")).toBe("started");
  }
});

test("ten years of evenings, with restarts at any moment and step, begin each one once", async () => {
  const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Chatham", "Africa/Cairo"];
  const night = fc.record({
    zone: fc.constantFrom(...zones),
    /** 00:00 to 03:55, where clocks change; or at night. */
    time: fc.constantFrom("22:30", "00:10", "01:30", "01:45", "02:00", "02:15", "02:30", "03:00"),
    start: fc.integer({ min: at("2026-01-01T00:00:00Z"), max: at("2036-01-01T00:00:00Z") }),
    restarts: fc.array(
      fc.record({
        /** Around the moment at which it begins. */
        before: fc.integer({ min: -8, max: 600 }).map(minutes),
        step: fc.integer({ min: 1, max: 9 }),
        away: fc.integer({ min: 0, max: 360 }).map(seconds),
      }),
      { maxLength: 4 },
    ),
  });
  await fc.assert(
    fc.asyncProperty(night, async ({ zone, time, start, restarts }) => {
      const clock = fakeClock(start);
      const rule = schedule({ zone, time, createdAt: 0 });
      const harness = schedulerHarness(clock, rule);
      const expected: string[] = [];
      let scheduler = await harness.start();
      let until = start;
      for (const { before, step, away } of restarts) {
        const moment = nextOccurrence(rule, until)!;
        expected.push(occurrenceKey(rule, moment));
        harness.dieAfter(step);
        await clock.advance(Math.max(0, moment.at - before - clock.now()));
        scheduler.close();
        // Away for less than a quarter of an hour: nothing may be missed.
        await clock.advance(away);
        harness.revive();
        scheduler = await harness.start();
        await clock.advance(Math.max(0, moment.at + minutes(15) - clock.now()) + seconds(30));
        until = Math.max(moment.at, clock.now());
        harness.state.running = undefined;
      }
      scheduler.close();
      const begun = harness.begun().map(({ key }) => key);
      expect(new Set(begun).size).toBe(begun.length);
      expect(begun).toEqual(expect.arrayContaining(expected));
    }),
    { numRuns: 40 },
  );
});
