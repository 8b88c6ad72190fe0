import { readFileSync } from "node:fs";

/** What a job has taken of its process. */
export interface ResourceUsage {
  /** The most memory that the process has held at a time, in bytes. */
  readonly memory: number;
  /** Processor time since the job before, or since the process began, in seconds. */
  readonly processor: number;
}

/** On Linux, what `resourceUsage` tells begins with what the parent had held, so the process's own figure goes first. */
const peakMemory = (): number => {
  try {
    const own = /^VmHWM:\s+(\d+) kB$/mu.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    if (own !== undefined) return Number(own) * 1_024;
  } catch {
    // Another system.
  }
  return process.resourceUsage().maxRSS * 1_024;
};

/** @returns tells what each job of this process has taken, asked at its end */
export const createUsageMeter = (): (() => ResourceUsage) => {
  let told = 0;
  return () => {
    const { user, system } = process.cpuUsage();
    const processor = (user + system) / 1e6 - told;
    told += processor;
    return { memory: peakMemory(), processor };
  };
};
