import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import type { Frames } from "../../src/kernel/units.ts";
import type { Inspection } from "../../src/render/inspect.ts";
import type { RenderableOrigin } from "../../src/render/renderJob.ts";

/** A sound to be inspected in a process of its own, with the files that are wanted of it. */
export interface InspectionTask {
  readonly origin: RenderableOrigin;
  readonly excerpt?: Frames | undefined;
  /** Where what a listener hears is to be written. */
  readonly wav?: string | undefined;
  /** Where a picture of it is to be drawn. */
  readonly spectrogram?: string | undefined;
}

/** What is measured, without the sound. */
export type InspectionResult = Pick<Inspection, "measures" | "measuresAfter" | "failures" | "speed">;

type Answer = { readonly inspected: InspectionResult } | { readonly reason: string };

/** One job at a time: the codec keeps its buffers once a process. */
const openProcess = () => {
  const child = fork(new URL("./inspectProcess.ts", import.meta.url), { execArgv: ["--max-semi-space-size=2"] });
  return {
    inspect: (task: InspectionTask) =>
      new Promise<InspectionResult>((resolve, reject) => {
        const ended = (code: number | null) => reject(new Error(`The process ended with code ${code}`));
        child.once("exit", ended);
        child.once("message", (answer: Answer) => {
          child.off("exit", ended);
          if ("inspected" in answer) resolve(answer.inspected);
          else reject(new Error(answer.reason));
        });
        child.send(task);
      }),
    close: () => child.disconnect(),
  };
};

/** Inspects one after the other on each core, and gives what was found in the order asked. */
export const inspections = async function* (tasks: readonly InspectionTask[]): AsyncGenerator<InspectionResult> {
  const count = Math.min(tasks.length, availableParallelism());
  const processes = Array.from({ length: count }, openProcess);
  try {
    let next = 0;
    const found = tasks.map(() => Promise.withResolvers<InspectionResult>());
    for (const { promise } of found) promise.catch(() => {});
    const work = async ({ inspect }: (typeof processes)[number]): Promise<void> => {
      while (next < tasks.length) {
        const at = next++;
        await inspect(tasks[at]!).then(found[at]!.resolve, found[at]!.reject);
      }
    };
    for (const one of processes) void work(one);
    for (const { promise } of found) yield await promise;
  } finally {
    for (const process of processes) process.close();
  }
};
