import { constants, setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import { ingestFile } from "./ingestFile.ts";
import type { Job, JobReport } from "./job.ts";
import { renderFile } from "./renderFile.ts";

// On Linux a priority is a thread's own; elsewhere it would be the whole bot's.
if (process.platform === "linux") setPriority(constants.priority.PRIORITY_LOW);

const report = (message: JobReport) => parentPort?.postMessage(message);

parentPort?.on("message", (job: Job) => {
  try {
    const advanced = (fraction: number) => report({ type: "advanced", fraction });
    if (job.kind === "recipe") renderFile(job, advanced);
    else ingestFile(job, advanced);
    report({ type: "done" });
  } catch (error) {
    report({ type: "failed", reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
