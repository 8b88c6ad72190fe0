import { readFileSync } from "node:fs";

/** What a job has taken of its process. */
export interface ResourceUsage {
  /** The most memory that the process has held at a time, in bytes. */
  readonly memory: number;
  /** Processor time since the job before, or since the process began, in seconds. */
  readonly processor: number;
}

/**
 * On Linux, `resourceUsage` starts at the parent's memory, so the process's own figure is
 * preferred.
 */
const peakMemory = (): number => {
  try {
    const own = /^VmHWM:\s+(\d+) kB$/mu.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    if (own !== undefined) return Number(own) * 1_024;
  } catch {
    // Another system.
  }
  return process.resourceUsage().maxRSS * 1_024;
};

/** @returns a function that gives the resources a job has taken, to be called at its end */
export const createUsageMeter = (): (() => ResourceUsage) => {
  let told = 0;
  return () => {
    const { user, system } = process.cpuUsage();
    const processor = (user + system) / 1e6 - told;
    told += processor;
    return { memory: peakMemory(), processor };
  };
};
