import { constants, setPriority } from "node:os";
import { drawStoredSound } from "./drawStoredSound.ts";

setPriority(constants.priority.PRIORITY_LOW);
process.on("disconnect", () => process.exit());

/** A path comes, and a picture goes back, or the reason why not. */
process.on("message", (path: string) => {
  drawStoredSound(path).then(
    (data) => process.send?.({ data }),
    (error: unknown) =>
      process.send?.({ reason: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
