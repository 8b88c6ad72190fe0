import { EventEmitter } from "node:events";
import { Worker, type WorkerOptions } from "node:worker_threads";

/** A worker thread, as the thread that started it sees it. */
export type Thread = Pick<Worker, "on" | "once" | "postMessage" | "terminate" | "unref">;

/**
 * Starts a worker thread whose failed start looks like an end: `error` and then `exit` are emitted.
 * Without a file descriptor Node does that itself; without memory or a thread of the system's, it
 * throws.
 * @param script a module, or with `eval` its text
 */
export const startThread = (script: URL | string, options: WorkerOptions = {}): Thread => {
  try {
    return new Worker(script, options);
  } catch (error) {
    const unborn = Object.assign(new EventEmitter(), {
      postMessage() {},
      terminate: () => Promise.resolve(1),
      unref() {},
    });
    process.nextTick(() => {
      unborn.emit("error", error);
      unborn.emit("exit", 1);
    });
    return unborn as unknown as Thread;
  }
};
