import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";
import type { Worker } from "node:worker_threads";
import { cpu, memory } from "./usage.ts";

/** What a bench player reports about the time since `mark`. */
export interface UsageReport {
  /** CPU milliseconds. */
  readonly self: number;
  readonly children: number;
  /** Resident bytes above those of the process before it joined. */
  readonly selfMemory: number;
  readonly childrenMemory: number;
  /** Resident bytes of the whole process; of a program that does nothing else, as those of its streams. */
  readonly processMemory: number;
  /** Event-loop utilisation of the busiest thread, 0 to 1. */
  readonly utilisation: number;
}

/** A player under measurement. */
export interface BenchPlayer {
  join(): Promise<void>;
  play(): Promise<void> | void;
}

/** When a stream was requested, in milliseconds since the Unix epoch. */
export interface StartRequest {
  readonly ssrc: number;
  readonly at: number;
}

const STALL = 80;
const STALL_INTERVAL = 500;

const stall = () => {
  const until = performance.now() + STALL;
  while (performance.now() < until);
};

/**
 * Answers the lines of `lib/processes.ts`: one word in, one JSON line out.
 * @param more further requests that it answers
 */
export const runBenchPlayer = (player: BenchPlayer, more: Readonly<Record<string, () => unknown>> = {}): void => {
  const workers = new Set<Worker>();
  process.on("worker", (worker) => workers.add(worker));
  const loops = () => [performance, ...[...workers].map((worker) => worker.performance)];
  let before = memory();
  let marked = cpu();
  let marks = new Map(loops().map((loop) => [loop, loop.eventLoopUtilization()]));

  const report = (): UsageReport => {
    const used = cpu();
    const utilisation = Math.max(...loops().map((loop) => loop.eventLoopUtilization(marks.get(loop)).utilization));
    const now = memory();
    return {
      self: used.self - marked.self,
      children: used.children - marked.children,
      selfMemory: now.self - before.self,
      processMemory: now.self,
      childrenMemory: now.children,
      utilisation,
    };
  };
  const obey: Readonly<Record<string, () => unknown>> = {
    async join() {
      globalThis.gc?.();
      before = memory();
      await player.join();
    },
    play: () => player.play(),
    mark() {
      marked = cpu();
      marks = new Map(loops().map((loop) => [loop, loop.eventLoopUtilization()]));
    },
    report,
    ...more,
    stall() {
      setInterval(stall, STALL_INTERVAL);
    },
  };
  const lines = createInterface({ input: process.stdin });
  lines.on("line", (word) => {
    void Promise.resolve(obey[word]?.())
      .then((answer) => process.stdout.write(`${JSON.stringify({ answer: answer ?? null })}\n`))
      .catch((error: unknown) => process.stdout.write(`${JSON.stringify({ error: String(error) })}\n`));
  });
  lines.on("close", () => process.exit(0));
};
