import { setImmediate as nextTurn } from "node:timers/promises";
import { endWithParent } from "../../kernel/parentProcess.ts";
import { encodeLive } from "./liveSound.ts";

// Decoders write to the console what nobody reads.
for (const level of ["log", "warn", "error"] as const) console[level] = () => {};
endWithParent();

const waiting: Uint8Array[] = [];
let ended = false;
let wake = () => {};

async function* pieces(): AsyncGenerator<Uint8Array> {
  for (;;) {
    const piece = waiting.shift();
    if (piece !== undefined) yield piece;
    else if (ended) return;
    else
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  }
}

// The parent is the only one that sends to this process: bytes of the radio, and at last "end".
process.on("message", (message: Uint8Array | "end") => {
  if (message === "end") ended = true;
  else waiting.push(message);
  wake();
});

void encodeLive(pieces(), (packet) => void process.send?.(packet))
  .catch(() => {})
  // What has been sent is on its way before the process goes.
  .then(() => new Promise<void>((sent) => process.send?.("done", () => sent())))
  .then(() => nextTurn())
  .finally(() => process.exit());
