import { forkChild } from "../kernel/forkChild.ts";
import { startThread } from "../kernel/startThread.ts";
import type { FromEngine, ToEngine } from "./wireProtocol.ts";

/**
 * Runs guild players: a thread of this process, or a process of its own. Messages are plain data.
 */
export interface EngineWorker {
  /** Of a worker process; undefined for a thread. */
  readonly pid: number | undefined;
  post(message: ToEngine): void;
  /** Ends it at once, whatever it is doing, even while it is suspended. */
  terminate(): void;
}

/** Hears of a worker; `exit` is called last, whether the worker was asked to end or not. */
interface EngineWorkerEvents {
  message(message: FromEngine): void;
  error(error: unknown): void;
  exit(): void;
}

/** Starts a worker. */
export type OpenEngineWorker = (on: EngineWorkerEvents) => EngineWorker;

/** Starts a worker thread; at most one per process, whose threads share the codec's memory. */
export const openWorkerThread: OpenEngineWorker = (on) => {
  const thread = startThread(new URL("./engineThread.ts", import.meta.url), {
    name: "engine",
    resourceLimits: { maxYoungGenerationSizeMb: 6 },
  });
  thread.on("message", on.message);
  thread.on("error", on.error);
  thread.once("exit", on.exit);
  return { pid: undefined, post: (message) => thread.postMessage(message), terminate: () => void thread.terminate() };
};

/** Starts a worker process. */
export const openWorkerProcess: OpenEngineWorker = (on) => {
  const child = forkChild(new URL("./engineProcess.ts", import.meta.url), {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  child.on("message", (message) => on.message(message as FromEngine));
  child.on("error", on.error);
  child.once("exit", on.exit);
  return {
    pid: child.pid,
    post(message) {
      if (child.connected) child.send(message, (error) => error && on.error(error));
    },
    terminate: () => void child.kill("SIGKILL"),
  };
};
