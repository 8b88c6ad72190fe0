import { isProcessGone, parentOf } from "../kernel/parentProcess.ts";
import { startThread } from "../kernel/startThread.ts";
import type { ImportLimits } from "./importJob.ts";

/** Plain JavaScript: a thread of its own would turn TypeScript into that once more, which takes longer than a short file. */
const WATCH = `
const { seconds, memory, parent } = require("node:worker_threads").workerData;
const isGone = ${isProcessGone.toString()};
const before = process.cpuUsage();
setInterval(() => {
  const { user, system } = process.cpuUsage(before);
  if ((user + system) / 1e6 > seconds) process.kill(process.pid, "SIGTERM");
  else if (process.memoryUsage.rss() > memory || isGone(parent)) process.kill(process.pid, "SIGKILL");
}, 100);
`;

/**
 * Starts the thread that ends this process when it has used more processor time or memory than it may, or when its
 * parent is gone. A decoder that never comes back gives its own thread no chance to look at the clock.
 * @param onError called when there is no such thread: nothing is to be decoded without its limits
 */
export const startLimitThread = (
  { seconds, memory }: Pick<ImportLimits, "seconds" | "memory">,
  onError: () => void,
): void => {
  const thread = startThread(WATCH, { eval: true, workerData: { seconds, memory, parent: parentOf() } });
  thread.on("error", onError);
  thread.unref();
};
