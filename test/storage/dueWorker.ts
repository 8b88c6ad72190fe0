import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { systemClock } from "../../src/kernel/clock.ts";
import type { GuildId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { seconds } from "../../src/kernel/units.ts";
import { createScheduler } from "../../src/programmes/scheduler.ts";
import { createDueQueues } from "../../src/storage/dueQueues.ts";
import { openJobDatabase } from "../../src/storage/jobDatabase.ts";
import { openStorage } from "../../src/storage/openStorage.ts";

/** A replica that begins evenings: a row of `begun` stands for a session that is stored and can be restored. */
const [url = "", name = ""] = process.argv.slice(2);
const begun = new pg.Pool({ connectionString: url });
const storage = await openStorage({ path: "", url });
const options = { log: silentLog, onOutage: () => {}, supervision: seconds(1) };
const { boss } = await openJobDatabase(url, options);
const shards = { count: 4, ids: () => [0, 1, 2, 3], of: (guild: GuildId) => Number(guild) % 4 };
// The server's patience with a process that is gone, 10 s, is what is waited for; the rest is short.
const queues = createDueQueues({
  boss,
  shards,
  clock: systemClock,
  log: silentLog,
  pollInterval: seconds(1),
  retryDelay: seconds(1),
});
/** By guild: what this process has begun, or restored. */
const sessions = new Map<string, string>();

const scheduler = createScheduler({
  schedules: storage.schedules,
  clock: systemClock,
  log: silentLog,
  openDueJobs: queues.open,
  isAvailable: () => true,
  isOn: (guild, occurrence) => sessions.get(guild) === occurrence,
  async startSession({ guild }, key) {
    await begun.query("insert into begun values ($1, $2)", [key, name]);
    // The process may end here: begun, and not known to be.
    await pause(5);
    sessions.set(guild, key);
    if (process.connected) process.send?.("begun");
  },
  untilHeard: () => pause(20),
  onOutcome() {},
});

// The shards of another are taken over, with the sessions that it has stored.
process.on("message", async () => {
  const { rows } = await begun.query<{ key: string }>("select key from begun");
  for (const { key } of rows) sessions.set(key.split("/")[0] ?? "", key);
});
process.send?.("ready");
process.once("message", () => void scheduler.open());
