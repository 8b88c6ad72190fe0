import { readFileSync, writeSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { UserError } from "../kernel/errors.ts";
import { endWithParent } from "../kernel/parentProcess.ts";
import { type ImportOptions, SOUND_FD, SOURCE_FD, UNLIMITED } from "./importJob.ts";
import type { ImportReport } from "./importReport.ts";
import { importSound } from "./importSound.ts";
import { startLimitThread } from "./limitThread.ts";

// Playback comes first; files take what is left.
setPriority(constants.priority.PRIORITY_LOW);
// Decoders write to the console what the user is told in better words.
for (const level of ["log", "warn", "error"] as const) console[level] = () => {};
// Without the bot there is nobody to do this for.
endWithParent();

const report = (message: ImportReport) =>
  new Promise<void>((sent) => (process.send === undefined ? sent() : process.send(message, () => sent())));

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const write = (pages: Iterable<Uint8Array>) => {
  for (const page of pages) for (let at = 0; at < page.length; ) at += writeSync(SOUND_FD, page, at);
};

// The parent is the only one that sends to this process.
process.once("message", (options: ImportOptions) => {
  // Without its limits no file is decoded.
  startLimitThread(options.limits, () => process.exit(UNLIMITED));
  Promise.resolve()
    .then(() =>
      importSound(readFileSync(SOURCE_FD), options, (fraction) => void report({ type: "advanced", fraction })),
    )
    .then(({ pages, findings }) => {
      write(pages);
      return report({ type: "done", findings, cpuSeconds: cpuSeconds() });
    })
    .catch((error: unknown) => {
      const took = cpuSeconds();
      if (error instanceof UserError)
        return report({ type: "refused", code: error.code, reason: error.text, cpuSeconds: took });
      const reason = String((error as Error)?.stack ?? error).slice(0, 5_000);
      return report({ type: "failed", reason, cpuSeconds: took });
    })
    .finally(() => process.exit());
});
