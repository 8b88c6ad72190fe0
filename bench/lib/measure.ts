import { setTimeout as pause } from "node:timers/promises";
import { type Millis, seconds } from "../../src/kernel/units.ts";
import { type ArrivalStats, analyseArrivals, invalidReason } from "./arrivals.ts";
import { openGateway } from "./gateway.ts";
import type { Sink } from "./sink.ts";
import type { Variant } from "./variants.ts";

/** One run of one variant. */
export interface Run extends ArrivalStats {
  readonly variant: string;
  readonly count: number;
  readonly stalled: boolean;
  /** Runs of the same repetition took turns and are compared with each other. */
  readonly repetition: number;
  /** CPU milliseconds per stream-second. */
  readonly self: number;
  readonly children: number;
  /** Megabytes per stream, above the process before it joined. */
  readonly memory: number;
  readonly childrenMemory: number;
  /** Megabytes of the whole process. */
  readonly processMemory: number;
  readonly utilisation: number;
  /** Why it doesn't count. */
  readonly void: string | undefined;
}

interface Times {
  readonly warm: Millis;
  readonly measure: Millis;
}

const FIRST_SSRC = 1;
const GROUP_LIMIT: Millis = seconds(60);

/** The settings of a run; `repetition` says which runs are compared with each other. */
export interface Measurement {
  readonly count: number;
  readonly times: Times;
  readonly repetition: number;
  readonly stalled: boolean;
}

const until = async (what: string, holds: () => boolean): Promise<void> => {
  const limit = performance.now() + GROUP_LIMIT;
  while (!holds()) {
    if (performance.now() > limit) throw new Error(`${what}, even after a minute`);
    await pause(50);
  }
};

/**
 * Joins, plays, warms up and measures in a process that does nothing else and ends with the run.
 */
export const measure = async (
  variant: Variant,
  sink: Sink,
  { count, times, repetition, stalled }: Measurement,
): Promise<Run> => {
  const gateway = await openGateway(sink.port, variant.modes);
  const benchProcess = variant.start({ firstSsrc: FIRST_SSRC, count, sinkPort: sink.port, ...gateway });
  try {
    await benchProcess.send("join");
    if (!variant.withoutCall)
      await until(`${variant.label}: DAVE is not ready everywhere`, () => gateway.groups() >= count);
    await benchProcess.send("play");
    if (stalled) await benchProcess.send("stall");
    await pause(Math.max(times.warm, variant.warmUp));
    sink.start();
    await benchProcess.send("mark");
    const from = performance.now();
    await pause(times.measure);
    const report = await benchProcess.report();
    const streamSeconds = ((performance.now() - from) / 1_000) * count;
    const heard = analyseArrivals(await sink.stop());
    return {
      variant: variant.name,
      count,
      stalled,
      repetition,
      self: report.self / streamSeconds,
      children: report.children / streamSeconds,
      memory: report.selfMemory / count / 2 ** 20,
      childrenMemory: report.childrenMemory / count / 2 ** 20,
      processMemory: report.processMemory / 2 ** 20,
      utilisation: report.utilisation,
      void: invalidReason(heard, count),
      ...heard,
    };
  } finally {
    await benchProcess.close();
    await gateway.close();
  }
};
