import type { PostgresPool, PostgresPoolClient } from "kysely";
import type { Client, Pool, PoolClient, PoolConfig } from "pg";
import { type Millis, seconds } from "../kernel/units.ts";
import { databaseAway, isConnectionLost, isOutage } from "./outages.ts";

/** One process of Lull's needs few; hosted databases often allow twenty. */
const MAX_CONNECTIONS = 8;
/** A member is told within these that the database does not answer. */
const CONNECT_TIMEOUT: Millis = seconds(2);
const QUERY_TIMEOUT: Millis = seconds(5);
/** PostgreSQL's number for the type bigint, which pg hands out as text. */
const INT8 = 20;

/** `postgres://lull@db.example.org:5432/lull`: an address as it may be shown and logged. */
export const withoutPassword = (address: string): string => {
  const url = new URL(address);
  url.password = "";
  url.search = "";
  return url.href;
};

/**
 * What pg needs to know to connect, which it is loaded for.
 * @param address a `postgres://` URL
 */
const connectionTo = async (address: string, queryTimeout: Millis, max = MAX_CONNECTIONS) => {
  // Loaded here, so that a bot on SQLite has no memory taken by it.
  const { default: pg } = await import("pg");
  const config: PoolConfig = {
    connectionString: address,
    application_name: "lull",
    max,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    query_timeout: queryTimeout,
    keepAlive: true,
    // Moments, counts and flags are all below 2^53.
    types: { getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) },
  };
  return { pg, config };
};

/**
 * Opens one connection, beside the pool.
 * @throws pg's or the system's error
 */
export const connectClient = async (address: string): Promise<Client> => {
  const { pg, config } = await connectionTo(address, QUERY_TIMEOUT);
  const client = new pg.Client(config);
  // What it is used for next says so.
  client.on("error", () => {});
  await client.connect();
  return client;
};

/** A connection that is thrown away once it has failed: its server may have gone without a word. */
const guarded = (client: PoolClient, failed: (error: unknown) => unknown): PostgresPoolClient => {
  let isBroken = false;
  const query = async (sql: string, parameters: readonly unknown[]) => {
    // It has been rolled back with the connection; a second error would hide the first.
    if (isBroken && sql === "rollback") return { command: "ROLLBACK", rowCount: 0, rows: [] };
    try {
      return await client.query(sql, [...parameters]);
    } catch (error) {
      isBroken ||= isConnectionLost(error);
      throw failed(error);
    }
  };
  return {
    // Kysely's other form is for cursors, which nothing here uses.
    query: query as unknown as PostgresPoolClient["query"],
    release: (destroy) => client.release(isBroken || destroy === true),
  };
};

const guardedPool = (pool: Pool, onOutage: (error: unknown) => void): PostgresPool => {
  const failed = (error: unknown): unknown => {
    const isLost = isConnectionLost(error);
    if (isLost || isOutage(error)) onOutage(error);
    return isLost ? databaseAway(error) : error;
  };
  // A connection may be lost while nobody uses it, or between two statements; the next statement says so.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return {
    options: {},
    async connect() {
      try {
        return guarded(await pool.connect(), failed);
      } catch (error) {
        throw failed(error);
      }
    },
    end: () => pool.end(),
  };
};

/**
 * Opens connections to PostgreSQL as they are needed; one that is lost gives way to a new one.
 * @param address a `postgres://` URL
 * @param options.onOutage told of each statement that fails because of the server or the way to it
 * @param options.queryTimeout after which a statement is given up, with its connection
 * @param options.maxConnections that are open at a time
 */
export const openPostgresPool = async (
  address: string,
  options: {
    readonly onOutage: (error: unknown) => void;
    readonly queryTimeout?: Millis;
    readonly maxConnections?: number;
  },
): Promise<PostgresPool> => {
  const { onOutage, queryTimeout = QUERY_TIMEOUT, maxConnections } = options;
  const { pg, config } = await connectionTo(address, queryTimeout, maxConnections);
  return guardedPool(new pg.Pool(config), onOutage);
};
