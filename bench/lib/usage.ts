import { readdirSync, readFileSync } from "node:fs";

/** What a process has used since it was started. */
export interface Usage {
  /** CPU milliseconds of its own threads, and of its children that live. */
  readonly self: number;
  readonly children: number;
  /** Bytes in memory: resident ones of its own, the children's share of theirs. */
  readonly selfMemory: number;
  readonly childrenMemory: number;
}

const read = (path: string): string => {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
};

const list = (path: string): string[] => {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
};

const childrenOf = (pid: string): string[] =>
  list(`/proc/${pid}/task`).flatMap((task) =>
    read(`/proc/${pid}/task/${task}/children`)
      .split(" ")
      .filter((child) => child !== ""),
  );

/** Nanoseconds on a CPU, of all threads. */
const cpuOf = (pid: string): number =>
  list(`/proc/${pid}/task`).reduce(
    (sum, task) => sum + Number(read(`/proc/${pid}/task/${task}/schedstat`).split(" ")[0]),
    0,
  );

/** Proportional: pages that processes share are counted once. */
const memoryOf = (pid: string): number =>
  Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1_024;

/** Of this process; children are counted on Linux alone, where /proc tells. */
export const usage = (): Usage => {
  const { user, system } = process.cpuUsage();
  const children = childrenOf("self");
  return {
    self: (user + system) / 1_000,
    children: children.reduce((sum, child) => sum + cpuOf(child) / 1e6, 0),
    selfMemory: process.memoryUsage.rss(),
    childrenMemory: children.reduce((sum, child) => sum + memoryOf(child), 0),
  };
};
