/** How often a loop that never yields looks whether its parent is there. */
const CHECK_INTERVAL = 500;

const isGone = (parent: number): boolean => {
  // On Windows a process keeps the number of a parent that is gone.
  if (process.platform !== "win32") return process.ppid !== parent;
  try {
    process.kill(parent, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
};

/**
 * Ends this child process when its parent is gone, however that ended: without the bot there is nobody
 * to work for.
 * @returns to be called from loops that run for seconds without yielding, in which no event arrives
 */
export const endWithParent = (): (() => void) => {
  const parent = process.ppid;
  let next = 0;
  process.on("disconnect", () => process.exit());
  return () => {
    if (performance.now() < next) return;
    next = performance.now() + CHECK_INTERVAL;
    if (isGone(parent)) process.exit();
  };
};
