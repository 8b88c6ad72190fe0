import { setTimeout as pause } from "node:timers/promises";
import { type Millis, seconds } from "../../src/kernel/units.ts";
import { type Heard, hear, voidBecause } from "./arrivals.ts";
import { type Gateway, openGateway } from "./gateway.ts";
import type { Performer } from "./processes.ts";
import type { Sink } from "./sink.ts";
import type { Variant } from "./variants.ts";

/** One run of one variant. */
export interface Run extends Heard {
  readonly variant: string;
  readonly count: number;
  readonly stalled: boolean;
  /** Runs of the same repetition came one after the other, and are compared with each other. */
  readonly repetition: number;
  /** CPU milliseconds a second of stream. */
  readonly self: number;
  readonly children: number;
  /** Megabytes a stream, above the process before it joined. */
  readonly memory: number;
  readonly childrenMemory: number;
  readonly utilisation: number;
  /** Why it does not count. */
  readonly void: string | undefined;
}

export interface Times {
  readonly warm: Millis;
  readonly measure: Millis;
}

/** Each variant's streams have numbers of their own. */
const RANGE = 100_000;
const SETTLE: Millis = seconds(0.5);
const GROUP_LIMIT: Millis = seconds(60);

export interface Ensemble {
  run(variant: Variant, times: Times, repetition: number, stalled?: boolean): Promise<Run>;
  close(): Promise<void>;
}

/** Starts the variants side by side, all in their calls; only one at a time plays. */
export const assemble = async (variants: readonly Variant[], count: number, sink: Sink): Promise<Ensemble> => {
  const gateway: Gateway = await openGateway(sink.port, (ssrc) => variants[Math.floor(ssrc / RANGE) - 1]!.mode);
  const performers = new Map<Variant, Performer>();
  const close = async () => {
    await Promise.all([...performers.values()].map((performer) => performer.close()));
    await gateway.close();
  };
  try {
    for (const [index, variant] of variants.entries()) {
      const stage = { firstSsrc: (index + 1) * RANGE, count, sinkPort: sink.port, ...gateway };
      const performer = variant.start(stage);
      performers.set(variant, performer);
      const groups = gateway.groups() + (variant.name === "limit" ? 0 : count);
      await performer.tell("join");
      const limit = performance.now() + GROUP_LIMIT;
      while (gateway.groups() < groups) {
        if (performance.now() > limit) throw new Error(`${variant.label}: DAVE is not ready everywhere`);
        await pause(50);
      }
    }
  } catch (error) {
    await close();
    throw error;
  }

  return {
    close,
    async run(variant, { warm, measure }, repetition, stalled = false) {
      const performer = performers.get(variant)!;
      await performer.tell("play");
      if (stalled) await performer.tell("stall");
      await pause(warm);
      sink.start();
      await performer.tell("mark");
      const from = performance.now();
      await pause(measure);
      const report = await performer.report();
      const streamSeconds = ((performance.now() - from) / 1_000) * count;
      const heard = hear(await sink.stop());
      if (stalled) await performer.tell("calm");
      await performer.tell("pause");
      await pause(SETTLE);
      return {
        variant: variant.name,
        count,
        stalled,
        repetition,
        self: report.self / streamSeconds,
        children: report.children / streamSeconds,
        memory: report.selfMemory / count / 2 ** 20,
        childrenMemory: report.childrenMemory / count / 2 ** 20,
        utilisation: report.utilisation,
        void: voidBecause(heard, count),
        ...heard,
      };
    },
  };
};
