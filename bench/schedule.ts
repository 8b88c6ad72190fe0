import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { builtIn } from "../src/catalogue/programmes.ts";
import type { Clock } from "../src/kernel/clock.ts";
import { systemClock } from "../src/kernel/clock.ts";
import { type GuildId, id, type ScheduleId } from "../src/kernel/ids.ts";
import { silentLog } from "../src/kernel/log.ts";
import { hours, minutes, seconds } from "../src/kernel/units.ts";
import type { Schedule, Weekday } from "../src/ports/programmes.ts";
import { createEvenings } from "../src/programmes/evenings.ts";
import type { SessionView } from "../src/session/view.ts";
import { openStorage } from "../src/storage/openStorage.ts";
import { describeMachine, machine } from "./lib/machine.ts";
import { short } from "./lib/statistics.ts";
import { table } from "./lib/table.ts";

/** How long scheduled evenings keep the main thread: at a start with thousands of them, and where hundreds begin at once. */
const { values: options } = parseArgs({
  options: {
    schedules: { type: "string", default: "2500" },
    together: { type: "string", default: "200" },
  },
});

const DAILY: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const ZONES = ["Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Sydney", "UTC"];
const sleepProgramme = builtIn("sleep");
if (sleepProgramme === undefined) throw new Error("There is no programme to schedule");

/** A clock that can be put forward: what falls due then runs at once. */
const openClock = () => {
  const timers = new Set<{ readonly due: number; readonly run: () => void; readonly cancel: () => void }>();
  let ahead = 0;
  const now = () => systemClock.now() + ahead;
  const clock: Clock = {
    now,
    after(delay, run) {
      const fire = () => {
        timer.cancel();
        if (timers.delete(timer)) run();
      };
      const timer = { due: now() + delay, run: fire, cancel: systemClock.after(delay, () => fire()) };
      timers.add(timer);
      return () => {
        timer.cancel();
        timers.delete(timer);
      };
    },
  };
  return {
    clock,
    forward(by: number) {
      ahead += by;
      for (const { due, run } of [...timers]) if (due <= now()) run();
    },
  };
};

const timeAt = (moment: number, zone: string) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(moment);

const folder = await mkdtemp(join(tmpdir(), "lull-schedule-"));
const storage = await openStorage({ path: join(folder, "lull.sqlite") });
const { clock, forward } = openClock();
const [count, together] = [Number(options.schedules), Number(options.together)];
/** The minute in which many begin; the others are spread over the day, an hour or more away from it. */
const moment = Math.ceil((clock.now() + minutes(3)) / minutes(1)) * minutes(1);
const before = machine();
for (let i = 0; i < count; i++) {
  const zone = ZONES[i % ZONES.length] ?? "UTC";
  const schedule: Schedule = {
    id: id<ScheduleId>(`schedule-${i}`),
    guild: id<GuildId>(`${1_000 + i}`),
    programme: "sleep",
    days: DAILY,
    time: timeAt(i < together ? moment : moment + hours(1) + (i % 1_300) * minutes(1), zone),
    zone,
    channel: id("10"),
    panel: id("20"),
    by: id("100"),
    createdAt: clock.now() - hours(24 * 7),
    event: `event-${i}`,
  };
  await storage.schedules.add(schedule);
}

const views = new Map<GuildId, SessionView>();
const begun: number[] = [];
const evenings = createEvenings({
  schedules: storage.schedules,
  guildProgrammes: {
    stage: () => Promise.reject(new Error("Nothing is staged here")),
    all: async () => [sleepProgramme],
    find: async () => sleepProgramme,
    finder: async () => () => sleepProgramme,
    async start(guild, _programme, { occurrence }) {
      begun.push(clock.now() - moment);
      const view = {
        guild,
        status: "playing",
        now: { heard: true },
        programme: { occurrence },
      } as unknown as SessionView;
      views.set(guild, view);
      evenings.observe(view);
      return view;
    },
  },
  scheduledEvents: {
    // Discord takes a tenth of a second.
    publish: async ({ event = "event" }) => sleep(100, { event }),
    start: async () => void (await sleep(100)),
    end: async () => void (await sleep(100)),
    remove: async () => {},
  },
  all: (guild) => [views.get(guild)].filter((view) => view !== undefined),
  isAvailable: () => true,
  checkAccess() {},
  announce: async () => {},
  visuals: { render: async () => new Uint8Array() },
  clock,
  log: silentLog,
});

/** The most processor time that the thread spends between two ticks: what holds on a machine that others use, too. */
const watchTurns = () => {
  const spent = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  };
  let [last, longest] = [spent(), 0];
  const timer = setInterval(() => {
    const now = spent();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  return {
    stop() {
      clearInterval(timer);
      return longest;
    },
  };
};

const rows: string[][] = [];
/** Measures how late the event loop is while something goes on. */
const measure = async (label: string, work: () => Promise<void>): Promise<void> => {
  globalThis.gc?.();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const turns = watchTurns();
  const [from, memory] = [performance.now(), process.memoryUsage().rss];
  await work();
  await sleep(20);
  delay.disable();
  const longest = turns.stop();
  rows.push([
    label,
    short(performance.now() - from),
    ...[50, 99.9].map((share) => short(delay.percentile(share) / 1e6)),
    short(delay.max / 1e6),
    short(longest),
    short((process.memoryUsage().rss - memory) / 2 ** 20),
  ]);
};

await measure(`start with ${count} schedules`, async () => {
  await evenings.open();
  evenings.resume(() => true);
  // Until the events of most are looked at, and what was missed is settled.
  await sleep(seconds(5));
});
await measure(`${together} evenings in the same minute`, async () => {
  // The timer looks at the clock every half minute.
  for (let step = 0; step < 8; step++) {
    forward((moment - clock.now()) / 2);
    await sleep(10);
  }
  forward(moment - clock.now());
  for (let waited = 0; begun.length < together && waited < 600; waited++) await sleep(100);
});
evenings.close();
await storage.close();
await rm(folder, { recursive: true });

console.log(`${describeMachine(before)}\n`);
console.log(
  `${begun.length} of ${together} evenings began, the last ${short(Math.max(...begun, 0))} ms after its time.\n`,
);
console.log(table(["", "took ms", "loop p50 ms", "p99.9 ms", "max ms", "longest turn CPU ms", "memory MB"], rows));
process.exit(0);
