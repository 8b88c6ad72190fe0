import { constants, setPriority } from "node:os";
import { endWithParent } from "../kernel/parentProcess.ts";
import { drawStoredSound } from "./drawStoredSound.ts";

setPriority(constants.priority.PRIORITY_LOW);
endWithParent();

/** A path comes, and a picture goes back, or the reason why not. */
process.on("message", (path: string) => {
  drawStoredSound(path).then(
    (data) => process.send?.({ data }),
    (error: unknown) =>
      process.send?.({ reason: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
