import type { Run } from "./measure.ts";
import { median, ratios, type Spread, short } from "./statistics.ts";
import { table } from "./table.ts";
import type { Variant } from "./variants.ts";

/** How many times less one variant takes than another. */
export interface Ratio extends Spread {
  readonly count: number;
  readonly of: string;
  readonly against: string;
  readonly target: string;
  /** How many repetitions counted. */
  readonly repetitions: number;
}

const cost = (run: Run) => run.self + run.children;

/** The targets: what is compared, and the minimum (or maximum) it should be. */
const COMPARED = [
  { of: "mp3", against: "ours", target: "≥ 12" },
  { of: "demuxer", against: "ours", target: "–" },
  { of: "shared", against: "ours", target: "≥ 2" },
  { of: "ours", against: "limit", target: "≤ 10" },
  { of: "takes", against: "ours", target: "≤ 1.1" },
  { of: "mp3", against: "gcm", target: "≥ 12" },
  { of: "shared", against: "gcm", target: "≥ 2" },
  { of: "gcm", against: "limit", target: "≤ 10" },
  { of: "volume", against: "softened", target: "–" },
  { of: "amix", against: "layers", target: "–" },
] as const;

/** The ratio in each repetition in which both variants kept their rate. */
export const compare = (runs: readonly Run[], count: number): Ratio[] =>
  COMPARED.flatMap(({ of, against, target }) => {
    const good = (name: string) =>
      new Map(
        runs
          .filter((run) => run.variant === name && run.count === count && !run.stalled && run.void === undefined)
          .map((run) => [run.repetition, cost(run)]),
      );
    const [above, below] = [good(of), good(against)];
    const both = [...above.keys()].filter((repetition) => below.has(repetition));
    const times = ratios(
      both.map((repetition) => above.get(repetition)!),
      both.map((repetition) => below.get(repetition)!),
    );
    return both.length === 0 ? [] : [{ count, of, against, target, repetitions: both.length, ...times }];
  });

const HEADS = [
  "variant",
  "streams",
  "CPU self",
  "children",
  "MB",
  "ch. MB",
  "MB in all",
  "loop %",
  "pkt/s",
  "late p50",
  "p99",
  "max",
  ">40 ms",
  "<5 ms",
  "lost",
  "void",
];

const row = (label: string, runs: readonly Run[]): string[] => {
  const voids = runs.filter((run) => run.void !== undefined);
  const counting = voids.length === runs.length ? runs : runs.filter((run) => run.void === undefined);
  const middle = (of: (run: Run) => number) => short(median(counting.map(of)));
  const sum = (of: (run: Run) => number) => String(counting.reduce((total, run) => total + of(run), 0));
  return [
    label,
    String(runs[0]!.count),
    middle((run) => run.self),
    middle((run) => run.children),
    middle((run) => run.memory),
    middle((run) => run.childrenMemory),
    middle((run) => run.processMemory),
    middle((run) => run.utilisation * 100),
    `${Math.min(...counting.map((run) => run.slowest)).toFixed(1)}–${Math.max(...counting.map((run) => run.fastest)).toFixed(1)}`,
    middle((run) => run.latenessP50),
    middle((run) => run.latenessP99),
    short(Math.max(...counting.map((run) => run.latenessMax))),
    sum((run) => run.gaps),
    sum((run) => run.bursts),
    sum((run) => run.missing),
    voids.length === 0 ? "" : `${voids.length} of ${runs.length}`,
  ];
};

/** One line per variant and number of streams: medians, and sums of what should not happen. */
export const runsTable = (runs: readonly Run[], variants: readonly Variant[]): string => {
  const counts = [...new Set(runs.map((run) => run.count))];
  const rows = counts.flatMap((count) =>
    [false, true].flatMap((stalled) =>
      variants.flatMap(({ name, label }) => {
        const mine = runs.filter((run) => run.variant === name && run.count === count && run.stalled === stalled);
        return mine.length === 0 ? [] : [row(stalled ? `${label}, main thread blocked` : label, mine)];
      }),
    ),
  );
  return table(HEADS, rows);
};

export const ratiosTable = (ratios: readonly Ratio[]): string =>
  table(
    ["CPU of … against …", "streams", "times", "range", "reps", "target"],
    ratios.map(({ of, against, count, target, repetitions, ...times }) => [
      `${of} / ${against}`,
      String(count),
      short(times.median),
      `${short(times.least)}–${short(times.most)}`,
      String(repetitions),
      target,
    ]),
  );

/**
 * What each further stream takes, between the smallest and the largest number measured, and the
 * constant part.
 */
export const memoryTable = (runs: readonly Run[], counts: readonly number[], variants: readonly Variant[]): string => {
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  const total = (name: string, count: number) =>
    count *
    median(
      runs
        .filter((run) => run.variant === name && run.count === count && !run.stalled && run.void === undefined)
        .map((run) => run.memory),
    );
  const rows = variants.flatMap(({ name, label }) => {
    const each = (total(name, most) - total(name, fewest)) / (most - fewest);
    return Number.isFinite(each) ? [[label, short(each), short(total(name, most) - most * each)]] : [];
  });
  return table([`MB, from ${fewest} to ${most} streams`, "each further one", "at the outset"], rows);
};
