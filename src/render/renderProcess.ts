import { constants, setPriority } from "node:os";
import { endWithParent } from "../kernel/parentProcess.ts";
import { renderFile } from "./renderFile.ts";
import type { RenderJob, RenderReport } from "./renderJob.ts";
import { createUsageMeter } from "./resourceUsage.ts";

const { PRIORITY_BELOW_NORMAL, PRIORITY_LOW } = constants.priority;
// Without the bot, nothing needs to be rendered. Its watch keeps the priority of before.
endWithParent({ computes: true });
// Playback comes first, then jobs that a member waits for; the rest of the rendering takes what is
// left.
setPriority(PRIORITY_BELOW_NORMAL);

// The bot may exit before the message arrives; then nobody needs it.
const report = (message: RenderReport) => process.send?.(message, undefined, undefined, () => {});

const effort = createUsageMeter();

process.on("message", (job: RenderJob) => {
  // A priority cannot be raised again; an idle process ends, and the next one starts at its own.
  if (job.opening === undefined) setPriority(PRIORITY_LOW);
  renderFile(job, (fraction) => report({ type: "advanced", fraction })).then(
    () => report({ type: "done", effort: effort() }),
    (error) =>
      report({ type: "failed", reason: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
