import { monitorEventLoopDelay } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";
import type { Millis } from "../../src/kernel/units.ts";
import { READY_LINE } from "../../src/terminal.ts";
import { memory } from "../lib/usage.ts";

/** What the probe in a bot's process says about it, since the last report or since it was ready. */
export interface ProbeReport {
  /** How late the main thread's event loop was. */
  readonly delay: { readonly p50: Millis; readonly p999: Millis; readonly max: Millis };
  /** The most processor time that the main thread spent in one turn: what holds on a machine that others use, too. */
  readonly longestTurn: Millis;
  /** Resident memory of the process and its children, in bytes. */
  readonly resident: number;
  /** Heap of the main thread after a collection, in bytes. */
  readonly heap: number;
}

const RESOLUTION: Millis = 1;
/** For the timers that a collection has held up. */
const AFTER_COLLECTION: Millis = 20;

/** The processor time of the thread between two ticks. */
const watchTurns = () => {
  const spent = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  };
  let [last, longest] = [spent(), 0];
  setInterval(() => {
    const now = spent();
    longest = Math.max(longest, now - last);
    last = now;
  }, RESOLUTION).unref();
  return {
    /** The longest since it was last taken. */
    take() {
      const taken = longest;
      last = spent();
      longest = 0;
      return taken;
    },
  };
};

// Preloaded into the unmodified bot (`node --import`), whose threads and child processes load it too.
if (isMainThread && process.argv[1]?.endsWith("main.ts") && process.send !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  const turns = watchTurns();
  const begin = () => {
    delay.reset();
    turns.take();
  };
  // Until it is ready it serves nobody. What it then does follows in the same turn.
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = ((...args: Parameters<typeof write>) => {
    if (String(args[0]).includes(READY_LINE)) begin();
    return write(...args);
  }) as typeof process.stdout.write;
  process.on("message", (message) => {
    if (message !== "report") return;
    const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION);
    const [p50 = 0, p999 = 0] = [50, 99.9].map((share) => late(delay.percentile(share)));
    const { self, children } = memory();
    globalThis.gc?.();
    const report: ProbeReport = {
      delay: { p50, p999, max: late(delay.max) },
      longestTurn: turns.take(),
      resident: self + children,
      heap: process.memoryUsage().heapUsed,
    };
    // The collection itself is no part of what comes next.
    setTimeout(() => {
      begin();
      process.send?.(report);
    }, AFTER_COLLECTION);
  });
}
