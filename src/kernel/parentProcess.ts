import { startThread } from "./startThread.ts";

/** Tells whether a process is gone that was this one's parent. Its text runs in threads too. */
export const isProcessGone = (parent: number): boolean => {
  // On Windows a process keeps the ID of a parent that is gone.
  if (process.platform !== "win32") return process.ppid !== parent;
  try {
    process.kill(parent, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
};

/**
 * The parent of this process: as `forkChild` has told it, since a parent that is gone before this process
 * has loaded its modules is not its parent any more.
 */
export const parentOf = (): number => Number(process.argv[2] ?? process.ppid) || process.ppid;

/** Plain JavaScript, so that the thread needs no more memory than it must. */
const WATCH = `
const parent = require("node:worker_threads").workerData;
const isGone = ${isProcessGone.toString()};
setInterval(() => isGone(parent) && process.kill(process.pid, "SIGKILL"), 1000);
`;

/**
 * Ends this child process when its parent is gone, however that ended: without the bot there is no work.
 * @param options.computes whether it is busy for seconds without yielding, so that no event arrives: a
 *   thread then watches the parent
 */
export const endWithParent = ({ computes = false }: { readonly computes?: boolean } = {}): void => {
  const parent = parentOf();
  process.on("disconnect", () => process.exit());
  if (isProcessGone(parent)) process.exit();
  if (!computes) return;
  const limits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1, codeRangeSizeMb: 4 };
  const thread = startThread(WATCH, { eval: true, workerData: parent, resourceLimits: limits });
  // Without it the child still ends at its next event.
  thread.on("error", () => {});
  thread.unref();
};
