import type { Client } from "pg";
import { createKeyedQueue } from "../kernel/serialise.ts";
import type { WorkClaims } from "../ports/workClaims.ts";
import { connectClient } from "./postgresPool.ts";

/** The letters of "work": the first of a lock's two numbers; the other is made of the name. */
const LOCKS = 0x77_6f_72_6b;

/**
 * Claims by PostgreSQL's advisory locks, which end with the connection of a process that dies. The connection is open
 * while there is work.
 * @param address a `postgres://` URL
 */
export const createWorkClaims = (address: string): WorkClaims => {
  let connection: Promise<Client> | undefined;
  let users = 0;
  const statements = createKeyedQueue<Client>();

  /** @returns whether the lock was taken, or given back; undefined where the server does not answer */
  const ask = async (client: Client, what: "pg_try_advisory_lock" | "pg_advisory_unlock", name: string) => {
    const { rows } = await statements.run(client, () =>
      client.query<{ is: boolean }>(`select ${what}($1::integer, hashtext($2)) as is`, [LOCKS, name]),
    );
    return rows[0]?.is === true;
  };

  const connect = (): Promise<Client> => {
    connection ??= connectClient(address).then((client) => {
      client.once("end", () => {
        connection = undefined;
      });
      return client;
    });
    return connection.catch((error: unknown) => {
      connection = undefined;
      throw error;
    });
  };

  const leave = (): void => {
    users -= 1;
    if (users > 0) return;
    const idle = connection;
    connection = undefined;
    idle?.then((client) => client.end()).catch(() => {});
  };

  return {
    async tryDo(name, work) {
      users += 1;
      try {
        const client = await connect().catch(() => undefined);
        const isOurs = client && (await ask(client, "pg_try_advisory_lock", name).catch(() => undefined));
        if (isOurs === false) return false;
        try {
          await work();
        } finally {
          if (client !== undefined && isOurs) await ask(client, "pg_advisory_unlock", name).catch(() => {});
        }
        return true;
      } finally {
        leave();
      }
    },
  };
};
