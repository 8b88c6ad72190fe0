import type { Client, Notification } from "pg";
import { z } from "zod";
import type { Log } from "../kernel/log.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import { CHANGES } from "./changeTriggers.ts";
import { connectClient } from "./postgresPool.ts";

/** How soon the server is asked for again whose connection was lost. */
const RETRY_INTERVAL: Millis = seconds(1);
/** How often the server is asked whether the connection still holds. */
const HEARTBEAT: Millis = seconds(10);

/** A change of a row, by whichever process. */
const Change = z.object({ table: z.string(), guild: z.string().nullish(), user: z.string().nullish() });
/** A row of a table has been added, changed or removed: a guild's, or a user's. */
export type Change = z.infer<typeof Change>;

/** Told of changes while it is open. */
export interface ChangeFeed {
  close(): Promise<void>;
}

/**
 * Tells of each committed change of the tables that processes keep in memory (PostgreSQL's LISTEN and NOTIFY). The
 * process's own changes are among them.
 * @param address a `postgres://` URL
 * @param options.onChange called for each change; must not throw
 * @param options.onGap called when changes may have been missed, while the connection was lost
 */
export const openChangeFeed = (
  address: string,
  options: { readonly onChange: (change: Change) => void; readonly onGap: () => void; readonly log: Log },
): ChangeFeed => {
  const { onChange, onGap, log } = options;
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let hasListened = false;
  let isClosed = false;

  const tell = ({ payload = "" }: Notification): void => {
    try {
      onChange(Change.parse(JSON.parse(payload)));
    } catch (error) {
      log.warn("A notice of a change could not be read", { error });
    }
  };

  const beat = (of: Client) => {
    timer = setTimeout(() => {
      of.query("select 1").then(
        () => beat(of),
        () => of.end(),
      );
    }, HEARTBEAT).unref();
  };

  const listen = async (): Promise<void> => {
    const next = await connectClient(address);
    if (isClosed) return void (await next.end());
    client = next;
    next.on("notification", tell);
    next.once("end", () => {
      clearTimeout(timer);
      client = undefined;
      listenSoon();
    });
    await next.query(`listen ${CHANGES}`);
    beat(next);
    if (hasListened) onGap();
    hasListened = true;
  };

  const listenSoon = (wait = RETRY_INTERVAL): void => {
    if (isClosed) return;
    timer = setTimeout(() => {
      listen().catch(() => {
        // The operator has been told by whatever else needs the database.
        const lost = client;
        client = undefined;
        // A connection that was made ends, which listens again.
        if (lost === undefined) listenSoon();
        else void lost.end();
      });
    }, wait).unref();
  };
  listenSoon(0);

  return {
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
};
