import { readFileSync } from "node:fs";

/**
 * The most memory that this process has held, in bytes. Linux counts what `resourceUsage` tells from before the process was itself, with what
 * its parent had held, so its own figure goes first.
 */
export const peakMemory = (): number => {
  try {
    const own = /^VmHWM:\s+(\d+) kB$/mu.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    if (own !== undefined) return Number(own) * 1_024;
  } catch {
    // Another system.
  }
  return process.resourceUsage().maxRSS * 1_024;
};
