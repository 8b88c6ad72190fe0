import { fork } from "node:child_process";
import { rm } from "node:fs/promises";
import { UserError } from "../kernel/errors.ts";
import type { ImportJob, ImportReport, ImportResult } from "./importJob.ts";
import { tooMuchMemory, tooMuchWork } from "./refusals.ts";

/** Waiting costs no processor time, and a machine may be busy; but not for ever. */
const PATIENCE = 5;

export interface Importer {
  /**
   * Makes a sound of a file, in a process of its own that is ended when it takes too much.
   * @throws UserError that says what is wrong with the file and what to do; no part of it is left behind
   */
  run(job: ImportJob, advanced?: (fraction: number) => void): Promise<ImportResult>;
  /** Ends what is under way. */
  close(): Promise<void>;
}

const heapOf = (memory: number) => `--max-old-space-size=${Math.round(memory / 2 ** 20)}`;

/** Processes that take in sounds of others: one at a time, so that a flood of uploads is a queue and nothing more. */
export const openImporter = (): Importer => {
  const running = new Set<{ end(): Promise<void> }>();
  let line: Promise<unknown> = Promise.resolve();
  let closed = false;

  const start = async (job: ImportJob, advanced: (fraction: number) => void): Promise<ImportResult> => {
    if (closed) throw new Error("The intake is closed");
    const child = fork(new URL("./importProcess.ts", import.meta.url), {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      execArgv: [heapOf(job.limits.memory)],
      // No secrets of ours, no settings of others.
      env: { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot },
    });
    // Reading alone does not keep the bot running.
    child.unref();
    child.channel?.unref();
    const { promise, resolve, reject } = Promise.withResolvers<ImportResult>();
    const gone = new Promise<void>((ended) => child.once("exit", () => ended()));
    let late = false;
    const limit = setTimeout(
      () => {
        late = true;
        child.kill("SIGKILL");
      },
      job.limits.seconds * PATIENCE * 1_000,
    );
    limit.unref();
    const own = {
      async end() {
        child.kill("SIGKILL");
        await gone;
      },
    };
    running.add(own);
    child.on("message", (report: ImportReport) => {
      if (report.type === "advanced") advanced(report.fraction);
      else if (report.type === "done") resolve(report.findings);
      else if (report.type === "refused") reject(new UserError(report.code, report.reason));
      else reject(new Error(report.reason));
    });
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      clearTimeout(limit);
      if (closed) reject(new Error("The intake is closed"));
      else if (signal === "SIGTERM" || late) reject(tooMuchWork());
      // A heap that is full aborts; the watch over the rest kills.
      else reject(signal === null && code === 0 ? new Error("The process ended early") : tooMuchMemory());
    });
    try {
      child.send(job);
      return await promise;
    } finally {
      await gone;
      running.delete(own);
      // What was being written when it was ended.
      await rm(`${job.path}.${child.pid}-0.part`, { force: true });
    }
  };

  return {
    run(job, advanced = () => {}) {
      const turn = line.then(() => start(job, advanced));
      line = turn.catch(() => {});
      return turn;
    },
    async close() {
      closed = true;
      await Promise.all([...running].map((one) => one.end()));
    },
  };
};
