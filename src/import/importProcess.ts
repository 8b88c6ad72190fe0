import { constants, setPriority } from "node:os";
import { Worker } from "node:worker_threads";
import { UserError } from "../kernel/errors.ts";
import type { ImportJob, ImportReport } from "./importJob.ts";
import { importSound } from "./importSound.ts";

// Sound comes first, and files take what is left.
setPriority(constants.priority.PRIORITY_LOW);
// Decoders say on the console what is said to the user in better words.
for (const level of ["log", "warn", "error"] as const) console[level] = () => {};
// Without the bot there is nobody to do this for.
process.on("disconnect", () => process.exit());

const report = (message: ImportReport) =>
  new Promise<void>((sent) => (process.send === undefined ? sent() : process.send(message, () => sent())));

process.once("message", (job: ImportJob) => {
  const { seconds, memory } = job.limits;
  new Worker(new URL("./limitThread.ts", import.meta.url), { workerData: { seconds, memory } }).unref();
  importSound(job, (fraction) => void report({ type: "advanced", fraction }))
    .then((findings) => report({ type: "done", findings }))
    .catch((error: unknown) => {
      if (error instanceof UserError) return report({ type: "refused", code: error.code, reason: error.text });
      return report({ type: "failed", reason: String((error as Error)?.stack ?? error) });
    })
    .finally(() => process.exit());
});
