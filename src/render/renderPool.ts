import { forkChild } from "../kernel/forkChild.ts";
import type { RenderJob, RenderReport } from "./renderJob.ts";
import type { ResourceUsage } from "./resourceUsage.ts";

/** A rendering process that does one job at a time. */
interface RenderWorker {
  /** @returns what it took. @throws Error with the process's reason */
  run(job: RenderJob, advanced: (fraction: number) => void): Promise<ResourceUsage>;
  close(): Promise<void>;
}

/**
 * A process, not a thread: the native @evan/opus 1.0.3 keeps its buffers once a process, so that
 * encoders of two threads write into each other's packets, and listeners hear a bang.
 */
const openRenderWorker = (): RenderWorker => {
  const child = forkChild(new URL("./renderProcess.ts", import.meta.url), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    // The size of the young generation: more is no faster here, and a whispered script takes 90 MB
    // more.
    execArgv: ["--expose-gc", "--max-semi-space-size=2"],
  });
  // Rendering alone does not keep the bot running.
  child.unref();
  child.channel?.unref();
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let settle:
    | { done(effort: ResourceUsage): void; failed(error: Error): void; advanced(fraction: number): void }
    | undefined;
  const fail = (error: Error) => {
    settle?.failed(error);
    settle = undefined;
  };
  child.on("message", (report: RenderReport) => {
    if (report.type === "advanced") settle?.advanced(report.fraction);
    else if (report.type === "failed") fail(new Error(report.reason));
    else {
      settle?.done(report.effort);
      settle = undefined;
    }
  });
  child.on("error", fail);
  child.on("exit", (code) => fail(new Error(`The rendering process ended with code ${code}`)));
  return {
    run: (job, advanced) =>
      new Promise((done, failed) => {
        settle = { done, failed, advanced };
        child.send(job);
      }),
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.ref();
      child.kill("SIGKILL");
      await ended;
    },
  };
};

interface QueuedJob {
  readonly job: RenderJob;
  readonly advanced: (fraction: number) => void;
  urgent: boolean;
  done(effort: ResourceUsage): void;
  failed(error: Error): void;
}

/**
 * Render processes and their queue: jobs that a member waits for come first, and have one process
 * more than the rest.
 * @param count processes for jobs that nobody waits for
 */
export const openRenderPool = (count: number) => {
  const waiting: QueuedJob[] = [];
  const idle: RenderWorker[] = [];
  const busy = new Set<RenderWorker>();
  let closed = false;

  const start = (next: QueuedJob) => {
    const worker = idle.pop() ?? openRenderWorker();
    busy.add(worker);
    worker.run(next.job, next.advanced).then(
      (effort) => {
        busy.delete(worker);
        idle.push(worker);
        next.done(effort);
        proceed();
      },
      (error: Error) => {
        // Whatever state it is in, the next job gets a fresh one.
        busy.delete(worker);
        worker.close().catch(() => {});
        next.failed(error);
        proceed();
      },
    );
  };

  const proceed = () => {
    while (!closed) {
      const urgent = waiting.findIndex((one) => one.urgent);
      const free = busy.size < count || (urgent >= 0 && busy.size === count);
      if (!free || waiting.length === 0) break;
      start(waiting.splice(Math.max(0, urgent), 1)[0]!);
    }
    // Threads hold tens of megabytes; when the work is done they go.
    if (busy.size === 0 && waiting.length === 0) for (const worker of idle.splice(0)) worker.close().catch(() => {});
  };

  return {
    /** @returns what it took */
    run: (job: RenderJob, urgent: boolean, advanced: (fraction: number) => void): Promise<ResourceUsage> =>
      new Promise((done, failed) => {
        if (closed) return failed(new Error("The render pool is closed"));
        waiting.push({ job, advanced, urgent, done, failed });
        proceed();
      }),
    /** Jobs that run or wait. */
    size: (): number => busy.size + waiting.length,
    /** Marks the file as one that a member is waiting for. */
    hurry(path: string): void {
      for (const one of waiting) if (one.job.path === path) one.urgent = true;
      proceed();
    },
    async close(): Promise<void> {
      closed = true;
      for (const one of waiting.splice(0)) one.failed(new Error("The render pool is closed"));
      await Promise.all([...busy, ...idle].map((worker) => worker.close()));
    },
  };
};
