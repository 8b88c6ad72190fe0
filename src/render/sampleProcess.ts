import { constants, setPriority } from "node:os";
import { endWithParent } from "../kernel/parentProcess.ts";
import { cutSample } from "./cutSample.ts";

setPriority(constants.priority.PRIORITY_LOW);
endWithParent();

/** A path comes, and a file goes back, or the reason why not. */
process.on("message", (path: string) => {
  try {
    process.send?.({ data: cutSample(path) });
  } catch (error) {
    process.send?.({ reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
