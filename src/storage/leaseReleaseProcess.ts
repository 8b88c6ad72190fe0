import { setTimeout as pause } from "node:timers/promises";
import { type Millis, minutes, seconds } from "../kernel/units.ts";
import type { LeaseRelease } from "./leaseRelease.ts";
import { connectClient } from "./postgresPool.ts";

if (process.send === undefined) throw new Error("leaseReleaseProcess.ts runs as a child process");

/** Engines that are processes end by themselves within a moment. */
const ENGINES_END: Millis = seconds(1);
const RETRY_INTERVAL: Millis = seconds(1);
/** After that every lease has expired or is somebody else's. */
const GIVEN_UP: Millis = minutes(5);

let told: LeaseRelease | undefined;

const free = async ({ address, replica }: LeaseRelease): Promise<void> => {
  const client = await connectClient(address);
  try {
    await client.query("update shard_leases set owner = null where owner = $1", [replica]);
    await client.query("delete from replicas where id = $1", [replica]);
  } finally {
    await client.end();
  }
};

const onEnd = async (): Promise<void> => {
  await pause(ENGINES_END);
  for (let waited = 0; told !== undefined && waited < GIVEN_UP; waited += RETRY_INTERVAL) {
    try {
      await free(told);
      break;
    } catch {
      await pause(RETRY_INTERVAL);
    }
  }
  process.exit();
};

// What asks the bot to end often asks all of its processes; this one ends after it.
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => {});
process.on("message", (message) => {
  told = message as LeaseRelease;
});
process.once("disconnect", () => void onEnd());
