import { availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGB: number;
  readonly system: string;
  readonly node: string;
  /** Load average of the minute before the measurement: above 0.5, something else was running. */
  readonly load: number;
}

export const machine = (): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? "unknown",
  cores: availableParallelism(),
  memoryGB: Math.round(totalmem() / 2 ** 30),
  system: `${type()} ${release()}`,
  node: process.version,
  load: loadavg()[0] ?? 0,
});

export const describeMachine = ({ cpu, cores, memoryGB, system, node, load }: Machine): string =>
  `${cpu}, ${cores} cores, ${memoryGB} GB, ${system}, Node ${node}; load before: ${load.toFixed(2)}`;
