import { fork } from "node:child_process";
import { Worker } from "node:worker_threads";
import type { FromEngine, ToEngine } from "./wireProtocol.ts";

/** What runs stations: a thread of this process, or a process of its own. Messages are plain data. */
export interface EngineWorker {
  post(message: ToEngine): void;
  /** Ends it at once, whatever it is at. */
  terminate(): void;
}

/** What a machine tells; `ended` is its last word, whether it was asked to end or not. */
interface EngineWorkerEvents {
  message(message: FromEngine): void;
  error(error: unknown): void;
  exit(): void;
}

export type OpenEngineWorker = (on: EngineWorkerEvents) => EngineWorker;

/** One a process at most: the codec's memory is shared by all of a process. */
export const openWorkerThread: OpenEngineWorker = (on) => {
  const thread = new Worker(new URL("./engineThread.ts", import.meta.url), {
    name: "engine",
    resourceLimits: { maxYoungGenerationSizeMb: 6 },
  });
  thread.on("message", on.message);
  thread.on("error", on.error);
  thread.once("exit", on.exit);
  return { post: (message) => thread.postMessage(message), terminate: () => void thread.terminate() };
};

export const openWorkerProcess: OpenEngineWorker = (on) => {
  const child = fork(new URL("./engineProcess.ts", import.meta.url), {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  child.on("message", (message) => on.message(message as FromEngine));
  child.on("error", on.error);
  child.once("exit", on.exit);
  return {
    post(message) {
      if (child.connected) child.send(message, (error) => error && on.error(error));
    },
    terminate: () => void child.kill("SIGKILL"),
  };
};
