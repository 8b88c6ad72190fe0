import { constants, setPriority } from "node:os";
import { createEffort } from "./effort.ts";
import type { Job, JobReport } from "./job.ts";
import { renderFile } from "./renderFile.ts";

// Sound comes first, and rendering takes what is left.
setPriority(constants.priority.PRIORITY_LOW);
// Without the bot there is nobody to render for.
process.on("disconnect", () => process.exit());

// The bot may end while this is on its way: then nobody is there to be told.
const report = (message: JobReport) => process.send?.(message, undefined, undefined, () => {});

const effort = createEffort();

process.on("message", (job: Job) => {
  renderFile(job, (fraction) => report({ type: "advanced", fraction })).then(
    () => report({ type: "done", effort: effort() }),
    (error) =>
      report({ type: "failed", reason: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
