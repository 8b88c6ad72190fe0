import { setTimeout as pause } from "node:timers/promises";
import type { Random } from "../../src/kernel/random.ts";
import { type Millis, seconds } from "../../src/kernel/units.ts";
import type { ReplicaProcess, Replicas } from "../e2e/openReplicas.ts";

/** Something that is done to the replicas. */
export interface Fault {
  readonly name: string;
  /** When it begins, from the start of the round. */
  readonly at: Millis;
  /** Resolves once it is over. */
  run(): Promise<void>;
}

/** How many faults a round has, and when they may be. */
export interface FaultTimes {
  /** Within which they begin. */
  readonly begin: Millis;
  readonly longest: Millis;
  readonly most: number;
}

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

const signal = ({ bot }: ReplicaProcess, name: NodeJS.Signals) => {
  const { pid } = bot();
  try {
    if (pid !== undefined) process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
  }
};

/** Draws the faults of a round; nothing happens to one replica twice. */
export const drawFaults = (
  random: Random,
  { server }: Pick<Replicas, "server">,
  processes: readonly ReplicaProcess[],
  { begin, longest, most }: FaultTimes,
): readonly Fault[] => {
  const busy = new Set<ReplicaProcess>();

  const draw = (): Fault => {
    const free = processes.filter((one) => !busy.has(one));
    const at = random() * begin;
    const lasts = seconds(1) + random() * (longest - seconds(1));
    const took = `for ${(lasts / 1_000).toFixed(1)} s`;
    const replica = free.length === 0 ? undefined : pick(random, free);
    const kind = random();
    if (replica === undefined || kind < 0.1)
      return {
        name: `the database away ${took}`,
        at,
        async run() {
          await server.stop();
          await pause(lasts);
          await server.start();
        },
      };
    busy.add(replica);
    const { name } = replica;
    if (kind < 0.35)
      return {
        name: `${name} killed`,
        at,
        async run() {
          await replica.bot().kill();
          await pause(lasts / 3);
          await replica.start();
        },
      };
    if (kind < 0.6)
      return {
        name: `${name} stopped ${took}`,
        at,
        async run() {
          signal(replica, "SIGSTOP");
          await pause(lasts);
          signal(replica, "SIGCONT");
        },
      };
    if (kind < 0.8) {
      const how = pick(random, ["refused", "silent", "half"] as const);
      return {
        name: `${name} without the database (${how}) ${took}`,
        at,
        async run() {
          replica.database.cut(how);
          await pause(lasts);
          replica.database.open();
        },
      };
    }
    return {
      name: `${name} restarted`,
      at,
      async run() {
        await replica.bot().stop(seconds(40));
        await replica.start();
      },
    };
  };

  return Array.from({ length: 1 + Math.floor(random() * most) }, draw);
};
