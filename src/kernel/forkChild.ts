import { ChildProcess, type ForkOptions, fork } from "node:child_process";
import { withoutSecrets } from "./childEnvironment.ts";

/** What a process that never came to be does not do. */
const unborn = (child: ChildProcess): ChildProcess => {
  child.send = () => false;
  child.kill = () => false;
  return child;
};

/**
 * Forks a Node process whose failed start looks like an end: `error` and then `exit` are emitted,
 * `send` and `kill` do nothing. Node leaves some of that out, by the cause (EMFILE, EAGAIN, ENOMEM
 * …), or throws. Its first argument is the ID of this process, for `endWithParent`; its environment
 * has no token.
 */
export const forkChild = (script: URL, options: ForkOptions): ChildProcess => {
  try {
    const child = fork(script, [String(process.pid)], { ...options, env: withoutSecrets(options.env ?? process.env) });
    if (child.pid !== undefined) return child;
    // After every listener has heard of the error.
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
