import { constants, setPriority } from "node:os";
import { endWithParent } from "../kernel/parentProcess.ts";
import { measureLoudnessCurve } from "./loudnessCurve.ts";

// Somebody looks at what waits for it, and it takes a second or two.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
endWithParent();

/** A path comes, and a curve goes back, or the reason why not. */
process.on("message", (path: string) => {
  try {
    process.send?.({ data: measureLoudnessCurve(path) });
  } catch (error) {
    process.send?.({ reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
