import { parentPort, workerData } from "node:worker_threads";
import { watchParent } from "../kernel/parentProcess.ts";
import type { ImportLimits } from "./importJob.ts";

// A decoder that never comes back gives its own thread no chance to look at the clock; this one
// looks for it.
const { seconds, memory } = workerData as Pick<ImportLimits, "seconds" | "memory">;
const LOOK_EVERY = 100;
const before = process.cpuUsage();
const parentIsGone = watchParent();

const look = setInterval(() => {
  const { user, system } = process.cpuUsage(before);
  if ((user + system) / 1e6 > seconds) process.kill(process.pid, "SIGTERM");
  else if (process.memoryUsage.rss() > memory || parentIsGone()) process.kill(process.pid, "SIGKILL");
}, LOOK_EVERY);
parentPort?.once("message", () => clearInterval(look));
