import { stat } from "node:fs/promises";
import type { Clock } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import { startThread } from "../kernel/startThread.ts";
import { hours, type Millis } from "../kernel/units.ts";

const CHECK_INTERVAL: Millis = hours(1);

/** The hourly look at the database file. */
export interface IntegrityCheck {
  /** Looks now. @returns what is wrong, in words for the operator, or undefined */
  check(): Promise<string | undefined>;
  close(): void;
}

/** What Node says of a thread for which the machine has no memory, thread or file descriptor. */
const NO_THREAD = "ERR_WORKER_INIT_FAILED";

/** SQLite's own words about a file, `ok` where it finds nothing. */
const quickCheck = (path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const thread = startThread(new URL("./integrityThread.ts", import.meta.url), { workerData: path });
    thread.unref();
    thread.once("message", (words: unknown) => resolve(String(words)));
    thread.on("error", reject);
    thread.once("exit", (code) => reject(new Error(`The check ended with code ${code}`)));
  });

const identityOf = async (path: string): Promise<string> => {
  const { dev, ino } = await stat(path, { bigint: true });
  return `${dev}:${ino}`;
};

/**
 * Checks once an hour that the database is still the file that was opened, and whole.
 * @param options.onDamage told once what is wrong, until it is another thing; not that a check was not possible
 */
export const startIntegrityCheck = async (options: {
  readonly path: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly onDamage: (sentence: string) => void;
}): Promise<IntegrityCheck> => {
  const { path, clock, log, onDamage } = options;
  const opened = await identityOf(path);
  let told: string | undefined;
  let stop = () => {};
  let closed = false;

  const look = async (): Promise<string | undefined> => {
    const gone = `The database ${path} has been deleted or replaced while Lull runs: what changes now is lost at its end. Stop Lull, put the file or a backup in its place, and start it again.`;
    try {
      if ((await identityOf(path)) !== opened) return gone;
      const words = await quickCheck(path);
      return words === "ok"
        ? undefined
        : `The database ${path} is damaged. Stop Lull, put a backup in its place, and start it again.`;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT") return gone;
      if (code === NO_THREAD) {
        log.warn("The database could not be checked this time", { error });
        return told;
      }
      return `The database ${path} cannot be read (${code ?? "no code"}). Look at the disk, and have a backup ready.`;
    }
  };

  const check = async (): Promise<string | undefined> => {
    const found = await look();
    if (closed) return found;
    if (found !== undefined && found !== told) onDamage(found);
    told = found;
    return found;
  };

  const wait = () => {
    stop = clock.after(CHECK_INTERVAL, () => {
      void check().finally(() => !closed && wait());
    });
  };
  wait();

  return {
    check,
    close() {
      closed = true;
      stop();
    },
  };
};
