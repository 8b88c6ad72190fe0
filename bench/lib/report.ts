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
}

const cost = (run: Run) => run.self + run.children;

/** The targets: what is compared, the least (or most) it should be. */
const COMPARED = [
  { of: "mp3", against: "ours", target: "≥ 12" },
  { of: "demuxer", against: "ours", target: "–" },
  { of: "shared", against: "ours", target: "≥ 2" },
  { of: "ours", against: "limit", target: "≤ 10" },
  { of: "mp3", against: "xchacha", target: "≥ 12" },
  { of: "shared", against: "xchacha", target: "≥ 2" },
  { of: "xchacha", against: "limit", target: "≤ 10" },
] as const;

/** Repetitions of which each has both variants, quotient by quotient. */
export const compare = (runs: readonly Run[], count: number): Ratio[] =>
  COMPARED.flatMap(({ of, against, target }) => {
    const costs = (name: string) =>
      runs.filter((run) => run.variant === name && run.count === count && !run.stalled).map(cost);
    const [numerators, denominators] = [costs(of), costs(against)];
    return numerators.length === 0 || numerators.length !== denominators.length
      ? []
      : [{ count, of, against, target, ...ratios(numerators, denominators) }];
  });

const HEADS = [
  "variant",
  "streams",
  "CPU self",
  "children",
  "MB",
  "ch. MB",
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
  const middle = (of: (run: Run) => number) => short(median(runs.map(of)));
  const sum = (of: (run: Run) => number) => String(runs.reduce((total, run) => total + of(run), 0));
  const voids = runs.filter((run) => run.void !== undefined);
  return [
    label,
    String(runs[0]!.count),
    middle((run) => run.self),
    middle((run) => run.children),
    middle((run) => run.memory),
    middle((run) => run.childrenMemory),
    middle((run) => run.utilisation * 100),
    `${Math.min(...runs.map((run) => run.slowest)).toFixed(1)}–${Math.max(...runs.map((run) => run.fastest)).toFixed(1)}`,
    middle((run) => run.latenessP50),
    middle((run) => run.latenessP99),
    short(Math.max(...runs.map((run) => run.latenessMost))),
    sum((run) => run.gaps),
    sum((run) => run.bursts),
    sum((run) => run.missing),
    voids.length === 0 ? "" : `${voids.length} of ${runs.length}`,
  ];
};

/** One line for each variant and number of streams; medians, and sums of what should not have happened. */
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
    ["CPU of … against …", "streams", "times", "range", "target"],
    ratios.map(({ of, against, count, target, ...times }) => [
      `${of} / ${against}`,
      String(count),
      short(times.median),
      `${short(times.least)}–${short(times.most)}`,
      target,
    ]),
  );
