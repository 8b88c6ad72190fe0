import { GROUPS, type Statistics } from "./statistics.ts";

/** How much of each direction's spread is taken to be the same in all directions (Friedman 1989). */
const RIDGE = 0.01;

/** A kind and one of its recordings. */
export interface Example {
  readonly kind: string;
  readonly statistics: Statistics;
}

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const minus = (a: readonly number[], b: readonly number[]) => a.map((x, i) => x - b[i]!);

/** Each group counts alike, however many numbers it has. */
const flat = (statistics: Statistics): readonly number[] =>
  GROUPS.flatMap((group) => statistics[group].map((x) => x / Math.sqrt(statistics[group].length)));

const meanOf = (all: readonly (readonly number[])[]): readonly number[] =>
  all[0]!.map((_, i) => all.reduce((sum, one) => sum + one[i]!, 0) / all.length);

/** Solves a symmetric positive system by elimination. */
const solve = (matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] => {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const n = rows.length;
  for (let column = 0; column < n; column++) {
    for (let row = column + 1; row < n; row++) {
      const factor = rows[row]![column]! / rows[column]![column]!;
      for (let i = column; i <= n; i++) rows[row]![i]! -= factor * rows[column]![i]!;
    }
  }
  const out = new Array<number>(n).fill(0);
  for (let row = n - 1; row >= 0; row--) {
    let rest = rows[row]![n]!;
    for (let i = row + 1; i < n; i++) rest -= rows[row]![i]! * out[i]!;
    out[row] = rest / rows[row]![row]!;
  }
  return out;
};

/**
 * Learns to name a sound from examples: linear discriminant analysis with a regularised covariance, which weighs
 * statistics that always move together once and not many times.
 * @returns names the kind of a sound
 */
export const learnNames = (examples: readonly Example[]): ((statistics: Statistics) => string) => {
  const all = examples.map(({ kind, statistics }) => ({ kind, at: flat(statistics) }));
  const kinds = [...new Set(all.map(({ kind }) => kind))];
  const means = new Map(
    kinds.map((kind) => [kind, meanOf(all.filter((one) => one.kind === kind).map(({ at }) => at))]),
  );
  const raw = all.map(({ kind, at }) => minus(at, means.get(kind)!));
  const degrees = Math.max(1, all.length - kinds.length);
  // Within its kinds, a statistic spreads by 1, shared out over its group.
  const scale = raw[0]!.map((_, i) => Math.sqrt(raw.reduce((sum, row) => sum + row[i]! ** 2, 0) / degrees) || 1e-3);
  const sizes = GROUPS.flatMap((group) => {
    const { length } = examples[0]!.statistics[group];
    return new Array<number>(length).fill(Math.sqrt(length));
  });
  const even = (at: readonly number[]) => at.map((x, i) => x / (scale[i]! * sizes[i]!));
  const rest = raw.map(even);
  const gram = rest.map((a, i) => rest.map((b, j) => dot(a, b) + (i === j ? rest.length * RIDGE : 0)));
  // Woodbury's identity: a system of the examples' size in place of one of the statistics' size.
  const distance = (away: readonly number[]) => {
    const seen = rest.map((row) => dot(row, away));
    return dot(away, away) - dot(seen, solve(gram, seen));
  };
  return (statistics) => {
    const at = flat(statistics);
    const distances = kinds.map((kind) => ({ kind, far: distance(even(minus(at, means.get(kind)!))) }));
    return distances.reduce((best, one) => (one.far < best.far ? one : best)).kind;
  };
};

/** How often each of the examples is named rightly by all the others. */
export const leaveOneOut = (examples: readonly Example[]): readonly { kind: string; right: number; of: number }[] => {
  const named = examples.map((one) => ({
    kind: one.kind,
    right: learnNames(examples.filter((other) => other !== one))(one.statistics) === one.kind,
  }));
  return [...new Set(examples.map(({ kind }) => kind))].map((kind) => {
    const own = named.filter((one) => one.kind === kind);
    return { kind, right: own.filter(({ right }) => right).length, of: own.length };
  });
};
