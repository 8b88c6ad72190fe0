import { fork } from "node:child_process";
import { Worker } from "node:worker_threads";
import type { FromEngine, ToEngine } from "./wire.ts";

/** What runs stations: a thread of this process, or a process of its own. Messages are plain data. */
export interface Machine {
  tell(message: ToEngine): void;
  /** Ends it at once, whatever it is at. */
  end(): void;
}

/** What a machine tells; `ended` is its last word, whether it was asked to end or not. */
interface MachineEvents {
  heard(message: FromEngine): void;
  failed(error: unknown): void;
  ended(): void;
}

export type OpenMachine = (on: MachineEvents) => Machine;

/** One a process at most: the codec's memory is shared by all of a process. */
export const openThread: OpenMachine = (on) => {
  const thread = new Worker(new URL("./engineThread.ts", import.meta.url), {
    name: "engine",
    resourceLimits: { maxYoungGenerationSizeMb: 6 },
  });
  thread.on("message", on.heard);
  thread.on("error", on.failed);
  thread.once("exit", on.ended);
  return { tell: (message) => thread.postMessage(message), end: () => void thread.terminate() };
};

export const openProcess: OpenMachine = (on) => {
  const child = fork(new URL("./engineProcess.ts", import.meta.url), {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  child.on("message", (message) => on.heard(message as FromEngine));
  child.on("error", on.failed);
  child.once("exit", on.ended);
  return {
    tell(message) {
      if (child.connected) child.send(message, (error) => error && on.failed(error));
    },
    end: () => void child.kill("SIGKILL"),
  };
};
