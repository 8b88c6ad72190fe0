import type { PgBoss, Warning } from "pg-boss";
import type { Log } from "../kernel/log.ts";
import { hours, type Millis, seconds } from "../kernel/units.ts";
import { isConnectionLost } from "./outages.ts";
import { openPostgresPool } from "./postgresPool.ts";

/** Of its own, beside those of the repositories: fetching, and what a turn writes when it is over. */
const MAX_CONNECTIONS = 2;
/** How often the server is searched for jobs whose process is gone. */
const SUPERVISION: Millis = seconds(10);

/** pg-boss, on connections of its own, and its tables in a schema of their own. */
export interface JobDatabase {
  readonly boss: PgBoss;
  close(): Promise<void>;
}

/**
 * Starts pg-boss, which makes or migrates its tables in the schema `pgboss`.
 * @param address a `postgres://` URL
 * @param options.onOutage told of each statement that fails because of the server or the way to it
 * @param options.supervision how often jobs are looked for whose process is gone; at least a second
 * @throws UserError or the server's error when the tables cannot be made
 */
export const openJobDatabase = async (
  address: string,
  options: { readonly log: Log; readonly onOutage: (error: unknown) => void; readonly supervision?: Millis },
): Promise<JobDatabase> => {
  const { log, onOutage, supervision = SUPERVISION } = options;
  // Loaded here, so that a bot on SQLite has no memory taken by it.
  const { PgBoss } = await import("pg-boss");
  const pool = await openPostgresPool(address, { onOutage, maxConnections: MAX_CONNECTIONS });
  const every = supervision / seconds(1);
  const boss = new PgBoss({
    db: {
      async executeSql(text, values) {
        const client = await pool.connect();
        // Several statements in one may begin a transaction: a connection on which one failed is not used again.
        let isBroken = true;
        try {
          const result: unknown = await client.query(text, values ?? []);
          isBroken = false;
          return result as { rows: unknown[] };
        } finally {
          client.release(isBroken);
        }
      },
    },
    superviseIntervalSeconds: every,
    monitorIntervalSeconds: every,
    // What Lull does not use.
    schedule: false,
    flowIntervalSeconds: hours(1) / seconds(1),
    registerInstance: false,
    monitorVacuum: false,
    openTelemetry: { enabled: false },
  });
  // Each of its timers tries again by itself; the pool has told the operator.
  boss.on("error", (error: Error) => {
    if (!isConnectionLost(error)) log.warn("A statement of the job queue failed", { error });
  });
  boss.on("warning", (warning: Warning) => log.warn("The job queue has a warning", { warning: warning.message }));
  try {
    await boss.start();
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    boss,
    async close() {
      await boss.stop({ graceful: false });
      await pool.end();
    },
  };
};
