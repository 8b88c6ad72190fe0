import { ChildProcess, type ForkOptions, fork } from "node:child_process";

/** What a process that never came to be does not do. */
const unborn = (child: ChildProcess): ChildProcess => {
  child.send = () => false;
  child.kill = () => false;
  return child;
};

/**
 * Forks a Node process whose failed birth looks like an end: `error` and then `exit` are emitted, `send`
 * and `kill` do nothing. Its first argument is the ID of this process, for `endWithParent`. Node leaves some of that out, by the cause (EMFILE, EAGAIN, ENOMEM …), or throws.
 */
export const forkChild = (script: URL, options: ForkOptions): ChildProcess => {
  try {
    const child = fork(script, [String(process.pid)], options);
    if (child.pid !== undefined) return child;
    // After those who listen to the error.
    child.once("error", () => process.nextTick(() => child.emit("exit", null, null)));
    return unborn(child);
  } catch (error) {
    const child = unborn(new ChildProcess());
    process.nextTick(() => {
      child.emit("error", error);
      child.emit("exit", null, null);
    });
    return child;
  }
};
