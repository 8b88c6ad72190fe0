import { forkChild } from "../kernel/forkChild.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, seconds } from "../kernel/units.ts";

/** What the child is told. */
export interface LeaseRelease {
  /** Of the database, a `postgres://` URL with its password. */
  readonly address: string;
  readonly replica: string;
}

const RESTART_DELAY: Millis = seconds(5);

/**
 * Has a small process of its own wait until this one has ended, however it does, and free its leases then: the system
 * closes their pipe, which is proof that nothing is sent any more. Other replicas need not wait for the leases to expire.
 * Where the whole machine dies they do.
 * @returns what ends it
 */
export const releaseWhenEnded = (release: LeaseRelease, log: Log): (() => void) => {
  let isClosed = false;
  let end = () => {};

  const start = () => {
    if (isClosed) return;
    const child = forkChild(new URL("./leaseReleaseProcess.ts", import.meta.url), {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    child.on("error", (error) => log.warn("The process that frees leases failed", { error }));
    child.once("exit", () => {
      if (!isClosed) setTimeout(start, RESTART_DELAY).unref();
    });
    child.send(release);
    child.unref();
    child.channel?.unref();
    end = () => void child.kill("SIGKILL");
  };

  start();
  return () => {
    isClosed = true;
    end();
  };
};
