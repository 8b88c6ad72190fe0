import { readdirSync, readFileSync } from "node:fs";

/** CPU milliseconds since a process started: of its own threads, and of its living children. */
export interface Cpu {
  readonly self: number;
  readonly children: number;
}

/** Bytes: resident memory of a process, and the proportional share of its children. */
export interface Memory {
  readonly self: number;
  readonly children: number;
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

/** CPU time of all threads, in nanoseconds. */
const cpuOf = (pid: string): number =>
  list(`/proc/${pid}/task`).reduce(
    (sum, task) => sum + Number(read(`/proc/${pid}/task/${task}/schedstat`).split(" ")[0]),
    0,
  );

/** Proportional set size: pages that processes share are counted once. */
const memoryOf = (pid: string): number =>
  Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1_024;

/** Of this process; children are counted on Linux only, from /proc. */
export const cpu = (): Cpu => {
  const { user, system } = process.cpuUsage();
  return {
    self: (user + system) / 1_000,
    children: childrenOf("self").reduce((sum, child) => sum + cpuOf(child) / 1e6, 0),
  };
};

/** Takes a millisecond per child, in which nothing is sent: call it when a measurement is over. */
export const memory = (): Memory => ({
  self: process.memoryUsage.rss(),
  children: childrenOf("self").reduce((sum, child) => sum + memoryOf(child), 0),
});
