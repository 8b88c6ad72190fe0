import { monitorEventLoopDelay } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";
import type { Millis } from "../../src/kernel/units.ts";
import { memory } from "../lib/usage.ts";

/** What the probe in a bot's process says about it. */
export interface ProbeReport {
  /** How late the main thread's event loop was since the last report. */
  readonly delay: { readonly p50: Millis; readonly p999: Millis; readonly max: Millis };
  /** Resident memory of the process and its children, in bytes. */
  readonly resident: number;
  /** Heap of the main thread after a collection, in bytes. */
  readonly heap: number;
}

const RESOLUTION: Millis = 1;

// Preloaded into the unmodified bot (`node --import`), whose threads and child processes load it too.
if (isMainThread && process.argv[1]?.endsWith("main.ts") && process.send !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  process.on("message", (message) => {
    if (message !== "report") return;
    const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION);
    const [p50 = 0, p999 = 0] = [50, 99.9].map((share) => late(delay.percentile(share)));
    const { self, children } = memory();
    globalThis.gc?.();
    const report: ProbeReport = {
      delay: { p50, p999, max: late(delay.max) },
      resident: self + children,
      heap: process.memoryUsage().heapUsed,
    };
    delay.reset();
    process.send?.(report);
  });
}
