import { restarting } from "../kernel/errors.ts";
import type { RenderJob } from "./renderJob.ts";
import { openRenderWorker, openScriptWorker, type RenderWorker } from "./renderWorker.ts";
import type { ResourceUsage } from "./resourceUsage.ts";

interface QueuedJob {
  readonly job: RenderJob;
  readonly advanced: (fraction: number) => void;
  /** Whose it is: a guild's ID; those who have none share one. */
  readonly owner: string | undefined;
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
  /** What runs, and for whom. */
  const busy = new Map<RenderWorker, string | undefined>();
  let closed = false;

  const start = (next: QueuedJob) => {
    const isScript = next.job.origin.kind === "script";
    const worker = isScript ? openScriptWorker() : (idle.pop() ?? openRenderWorker());
    busy.set(worker, next.owner);
    worker.run(next.job, next.advanced).then(
      (effort) => {
        busy.delete(worker);
        if (!isScript) idle.push(worker);
        next.done(effort);
        proceed();
      },
      (error: Error) => {
        // Whatever state it is in, the next job gets a fresh one.
        busy.delete(worker);
        worker.close().catch(() => {});
        next.failed(closed ? restarting() : error);
        proceed();
      },
    );
  };

  /** The urgent job whose owner has the least running: nobody waits for all that another has asked for. */
  const nextUrgent = (): number => {
    const running = (owner: string | undefined) => [...busy.values()].filter((one) => one === owner).length;
    const counts = waiting.map(({ urgent, owner }) => (urgent ? running(owner) : Number.POSITIVE_INFINITY));
    const least = Math.min(...counts);
    return Number.isFinite(least) ? counts.indexOf(least) : -1;
  };

  const proceed = () => {
    while (!closed) {
      const urgent = nextUrgent();
      const free = busy.size < count || (urgent >= 0 && busy.size === count);
      if (!free || waiting.length === 0) break;
      start(waiting.splice(Math.max(0, urgent), 1)[0]!);
    }
    // Threads hold tens of megabytes; when the work is done they go.
    if (busy.size === 0 && waiting.length === 0) for (const worker of idle.splice(0)) worker.close().catch(() => {});
  };

  return {
    /**
     * @param owner whose it is, a guild's ID: owners take turns
     * @returns what it took
     */
    run: (
      job: RenderJob,
      urgent: boolean,
      advanced: (fraction: number) => void,
      owner?: string,
    ): Promise<ResourceUsage> =>
      new Promise((done, failed) => {
        if (closed) return failed(restarting());
        waiting.push({ job, advanced, urgent, owner, done, failed });
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
      for (const one of waiting.splice(0)) one.failed(restarting());
      await Promise.all([...busy.keys(), ...idle].map((worker) => worker.close()));
    },
  };
};
