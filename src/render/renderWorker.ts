import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { type Child, findNetworkIsolation, startSandboxed } from "../kernel/childProcess.ts";
import { forkChild } from "../kernel/forkChild.ts";
import { type Millis, minutes } from "../kernel/units.ts";
import { type RenderJob, renderReport } from "./renderJob.ts";
import type { ResourceUsage } from "./resourceUsage.ts";

/** A rendering process that does one job at a time. */
export interface RenderWorker {
  /** @returns what it took. @throws Error with the process's reason */
  run(job: RenderJob, advanced: (fraction: number) => void): Promise<ResourceUsage>;
  close(): Promise<void>;
}

const SCRIPT = new URL("./renderProcess.ts", import.meta.url);
/**
 * The size of the young generation: more is no faster here, and a whispered script takes 90 MB more.
 */
const FLAGS = ["--expose-gc", "--max-semi-space-size=2"];
/** The longest script, on the slowest machine. */
const PATIENCE: Millis = minutes(30);

/** One job, as its process reports it. @returns what to do with a message, and with the end */
const follow = (advanced: (fraction: number) => void) => {
  const { promise, resolve, reject } = Promise.withResolvers<ResourceUsage>();
  const onMessage = (message: unknown) => {
    const { data: report } = renderReport.safeParse(message);
    if (report === undefined) reject(new Error("The rendering process reported something else"));
    else if (report.type === "advanced") advanced(report.fraction);
    else if (report.type === "failed") reject(new Error(report.reason));
    else resolve(report.effort);
  };
  return { promise, onMessage, fail: reject };
};

/**
 * A process, not a thread: the native @evan/opus 1.0.3 keeps its buffers once a process, so that
 * encoders of two threads write into each other's packets, and listeners hear a bang.
 */
export const openRenderWorker = (): RenderWorker => {
  const child = forkChild(SCRIPT, { stdio: ["ignore", "ignore", "inherit", "ipc"], execArgv: FLAGS });
  // Rendering alone does not keep the bot running.
  child.unref();
  child.channel?.unref();
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let current: ReturnType<typeof follow> | undefined;
  child.on("message", (message) => current?.onMessage(message));
  child.on("error", (error) => current?.fail(error));
  child.on("exit", (code, killed) => current?.fail(new Error(`The rendering process ended with ${killed ?? code}`)));
  return {
    run(job, advanced) {
      current = follow(advanced);
      child.send(job);
      return current.promise;
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.ref();
      child.kill("SIGKILL");
      await ended;
    },
  };
};

/** Writes what is there to the disk, and gives it its name. */
const finish = async (part: string, path: string): Promise<void> => {
  const file = await open(part, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
};

/**
 * The same for a text of a member's: each job in a process of its own that may write one file and
 * nothing else. The native encoder is not confined; it sees samples, not the text.
 */
export const openScriptWorker = (): RenderWorker => {
  const children = new Set<Child>();
  return {
    async run(job, advanced) {
      const part = `${job.path}.${randomUUID()}.part`;
      await mkdir(dirname(job.path), { recursive: true });
      const sandbox = { write: [part], worker: true, addons: true, isolation: await findNetworkIsolation() };
      const child = startSandboxed(SCRIPT, { sandbox, flags: FLAGS, patience: PATIENCE });
      children.add(child);
      const { promise, onMessage, fail } = follow(advanced);
      child.onMessage(onMessage);
      const ended = child.ended.then(({ code, signal, error }) =>
        fail(error ?? new Error(`The rendering process ended with ${signal ?? `code ${code}`}`)),
      );
      try {
        child.send({ ...job, part });
        const effort = await promise;
        await finish(part, job.path);
        return effort;
      } finally {
        child.kill();
        await ended;
        children.delete(child);
        await rm(part, { force: true });
      }
    },
    async close() {
      for (const child of children) child.kill();
      await Promise.all([...children].map(({ ended }) => ended));
    },
  };
};
