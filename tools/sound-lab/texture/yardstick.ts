import { GROUPS, type Group, type Statistics } from "./statistics.ts";

/** How recordings of one kind are: the mean and the spread of each statistic. */
export interface Kind {
  readonly count: number;
  readonly mean: Statistics;
  readonly spread: Statistics;
  /** Median distance of real recordings, each from the others: what is called 1. */
  readonly usual: Readonly<Record<Group, number>>;
  /** Distance, in units of `usual`, that nine in ten real recordings of any kind do not exceed. */
  readonly far: Readonly<Record<Group, number>>;
}

/** The kinds by their names. */
export type Kinds = Readonly<Record<string, Kind>>;

/** How far a sound is from a kind. */
export interface Distance {
  /** Mean over the groups; 1 is usual for a real recording. */
  readonly all: number;
  readonly groups: Readonly<Record<Group, number>>;
  /** Groups in which it is farther than nine in ten real recordings. */
  readonly out: readonly Group[];
}

/** Recordings by which a kind's own spread counts as much as that of all kinds together. */
const BELIEF = 4;
/** No spread is taken to be smaller than this part of all kinds' together. */
const LEAST_SPREAD = 0.5;

const byGroup = <T>(of: (group: Group) => T) =>
  Object.fromEntries(GROUPS.map((group) => [group, of(group)])) as Record<Group, T>;

const meanOf = (all: readonly Statistics[]): Statistics =>
  byGroup((group) =>
    all[0]![group].map((_, i) => all.reduce((sum, { [group]: values }) => sum + values[i]!, 0) / all.length),
  );

const varianceOf = (all: readonly Statistics[], mean: Statistics): Statistics =>
  byGroup((group) =>
    mean[group].map(
      (m, i) => all.reduce((sum, { [group]: values }) => sum + (values[i]! - m) ** 2, 0) / Math.max(1, all.length - 1),
    ),
  );

/** Variance within the kinds, over all of them. */
const pooled = (kinds: ReadonlyMap<string, readonly Statistics[]>): Statistics => {
  const variances = [...kinds.values()]
    .filter((all) => all.length > 1)
    .map((all) => ({ degrees: all.length - 1, variance: varianceOf(all, meanOf(all)) }));
  const degrees = variances.reduce((sum, { degrees }) => sum + degrees, 0);
  return byGroup((group) =>
    variances[0]!.variance[group].map(
      (_, i) => variances.reduce((sum, { degrees: d, variance }) => sum + d * variance[group][i]!, 0) / degrees,
    ),
  );
};

const spreadOf = (all: readonly Statistics[], mean: Statistics, together: Statistics): Statistics => {
  const own = varianceOf(all, mean);
  return byGroup((group) =>
    own[group].map((variance, i) => {
      const whole = together[group][i]!;
      const shrunk = (all.length * variance + BELIEF * whole) / (all.length + BELIEF);
      return Math.sqrt(Math.max(shrunk, LEAST_SPREAD ** 2 * whole)) || 1e-6;
    }),
  );
};

const rawDistance = (of: Statistics, mean: Statistics, spread: Statistics, group: Group): number =>
  Math.sqrt(
    of[group].reduce((sum, x, i) => sum + Math.min(6, Math.abs((x - mean[group][i]!) / spread[group][i]!)) ** 2, 0) /
      of[group].length,
  );

const quantile = (values: readonly number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = q * (sorted.length - 1);
  const [low, high] = [Math.floor(at), Math.ceil(at)];
  return sorted[low]! + (sorted[high]! - sorted[low]!) * (at - low);
};

/** @param recordings per kind; each kind needs two or more */
export const kindsOf = (recordings: ReadonlyMap<string, readonly Statistics[]>): Kinds => {
  const together = pooled(recordings);
  const apart = new Map(
    [...recordings].map(([name, all]) => [
      name,
      all.map((one) => {
        const others = all.filter((other) => other !== one);
        const mean = meanOf(others);
        const spread = spreadOf(others, mean, together);
        return byGroup((group) => rawDistance(one, mean, spread, group));
      }),
    ]),
  );
  const usual = new Map(
    [...apart].map(([name, all]) => [
      name,
      byGroup((g) =>
        quantile(
          all.map((x) => x[g]),
          0.5,
        ),
      ),
    ]),
  );
  const far = byGroup((group) =>
    quantile(
      [...apart].flatMap(([name, all]) => all.map((x) => x[group] / usual.get(name)![group])),
      0.9,
    ),
  );
  return Object.fromEntries(
    [...recordings].map(([name, all]) => {
      const mean = meanOf(all);
      const spread = spreadOf(all, mean, together);
      return [name, { count: all.length, mean, spread, usual: usual.get(name)!, far }];
    }),
  );
};

/** How far a sound is from a kind of recordings. */
export const distanceFrom = ({ mean, spread, usual, far }: Kind, of: Statistics): Distance => {
  const groups = byGroup((group) => rawDistance(of, mean, spread, group) / usual[group]);
  return {
    groups,
    all: GROUPS.reduce((sum, group) => sum + groups[group], 0) / GROUPS.length,
    out: GROUPS.filter((group) => groups[group] > far[group]),
  };
};
