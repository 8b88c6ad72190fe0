import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "pg";
import { UserError } from "../kernel/errors.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import { refusedBy } from "./database.ts";
import { connectClient, withoutPassword } from "./postgresPool.ts";

/** A process that has been asked to end takes up to 8 s; the server misses one whose machine has died after 25 s. */
const PATIENCE: Millis = seconds(30);
const POLL_INTERVAL: Millis = 250;
/** How often the server is asked whether the connection still holds. */
const HEARTBEAT: Millis = seconds(10);
/** How soon a lock is asked for again whose connection was lost. */
const RETRY_INTERVAL: Millis = seconds(1);

/** The letters of "lull"; locks with numbers are of one database each. */
const LOCK = 0x6c_75_6c_6c;

/** Replicas share a database; who copies it whole has it alone. */
type LockKind = "shared" | "exclusive";

/** The right to use a database, as long as its connection holds. */
export interface DatabaseLock {
  /** Lets another process have the database. */
  release(): Promise<void>;
}

const inUse = (address: string) =>
  new UserError(
    "data-in-use",
    `LULL_DATABASE_URL: ${withoutPassword(address)} is in use by another Lull. Stop that one, or give this one a database of its own.`,
  );

/** Asks for the lock until the time is over. @returns whether it is this connection's */
const claim = async (client: Client, kind: LockKind, within: Millis, onWait = () => {}): Promise<boolean> => {
  const ask = `select pg_try_advisory_lock${kind === "shared" ? "_shared" : ""}($1::bigint) as ours`;
  for (let waited = 0; ; waited += POLL_INTERVAL) {
    const { rows } = await client.query<{ ours: boolean }>(ask, [LOCK]);
    if (rows[0]?.ours === true) return true;
    if (waited === 0) onWait();
    if (waited >= within) return false;
    await pause(POLL_INTERVAL);
  }
};

/** A connection as the server knows it: numbers of processes come again. */
interface Session {
  readonly pid: number;
  readonly began: string;
}

const sessionOf = async (client: Client): Promise<Session | undefined> => {
  const { rows } = await client.query<Session>(
    "select pid, backend_start::text as began from pg_stat_activity where pid = pg_backend_pid()",
  );
  return rows[0];
};

/** Ends a session of this process's own, of which the server may not know yet that nobody is there any more. */
const endSession = (client: Client, { pid, began }: Session) =>
  client.query("select pg_terminate_backend(pid) from pg_stat_activity where pid = $1 and backend_start::text = $2", [
    pid,
    began,
  ]);

/** A connection that the server ends soon after this machine is gone. */
const connectLocker = async (address: string): Promise<Client> => {
  const client = await connectClient(address);
  await client.query("set tcp_keepalives_idle = 10");
  await client.query("set tcp_keepalives_interval = 5");
  await client.query("set tcp_keepalives_count = 3");
  return client;
};

/**
 * Claims a PostgreSQL database for this process. The lock is the server's own, and ends with its connection; when that is
 * lost, it is claimed again as soon as the server answers.
 * @param options.kind exclusive by default
 * @param options.patience for a process that has the database, which may be about to end
 * @param options.onWait called once when another process has the database
 * @param options.onTaken called once when another process has taken the database while it could not be reached
 * @throws UserError when another process still has it after that time, or when the database cannot be reached
 */
export const lockDatabase = async (
  address: string,
  options: {
    readonly kind?: LockKind;
    readonly patience?: Millis;
    readonly onWait?: () => void;
    readonly onTaken?: () => void;
  } = {},
): Promise<DatabaseLock> => {
  const { kind = "exclusive", patience = PATIENCE, onWait = () => {}, onTaken = () => {} } = options;
  let client: Client;
  let session: Session | undefined;
  let isReleased = false;

  const hold = async (held: Client): Promise<void> => {
    client = held;
    session = await sessionOf(held);
    const heartbeat = setInterval(() => void held.query("select 1").catch(() => held.end()), HEARTBEAT);
    held.once("end", () => {
      clearInterval(heartbeat);
      if (!isReleased) void regain();
    });
  };

  /** @returns whether the lock is this process's again; undefined where the server does not answer */
  const claimAgain = async (): Promise<boolean | undefined> => {
    const next = await connectLocker(address).catch(() => undefined);
    if (next === undefined) return undefined;
    try {
      if (session !== undefined) await endSession(next, session);
      const isOurs = await claim(next, kind, patience);
      if (isOurs && !isReleased) await hold(next);
      else await next.end();
      return isOurs;
    } catch {
      await next.end();
      return undefined;
    }
  };

  const regain = async (): Promise<void> => {
    while (!isReleased) {
      await pause(RETRY_INTERVAL, undefined, { ref: false });
      const isOurs = isReleased ? true : await claimAgain();
      if (isOurs === false) onTaken();
      if (isOurs !== undefined) return;
    }
  };

  try {
    client = await connectLocker(address);
  } catch (error) {
    throw refusedBy(address, error);
  }
  if (!(await claim(client, kind, patience, onWait))) {
    await client.end();
    throw inUse(address);
  }
  await hold(client);
  return {
    async release() {
      isReleased = true;
      await client.end();
    },
  };
};
