import { parser } from "@prometheus-io/lezer-promql";

/** One line of a scrape. */
interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What `/metrics` said at a time. */
export interface Scrape {
  /** Seconds since the first scrape. */
  readonly at: number;
  readonly samples: readonly Sample[];
}

/** A series of a result, at one time. */
export interface Point {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The tree of Prometheus' grammar, as far as it is used here. */
type Tree = ReturnType<typeof parser.parse>["topNode"];

const DURATION: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 };

/** Reads the text format, histograms with all their labels. */
export const readScrape = (text: string, at: number): Scrape => ({
  at,
  samples: text.split("\n").flatMap((line) => {
    const [, name, labels = "", value] = /^([a-z_:]\w*)(?:\{(.*)\})? (\S+)$/i.exec(line) ?? [];
    if (name === undefined) return [];
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = "", text = ""]) => [label, text]);
    return [{ name, labels: Object.fromEntries(pairs), value: Number(value) }];
  }),
});

const keyOf = (labels: Readonly<Record<string, string>>) => JSON.stringify(Object.entries(labels).toSorted());

/** What a counter has gained over samples, a restart of it included. */
const gained = (values: readonly number[]): number =>
  values.reduce((sum, value, i) => sum + (i === 0 ? 0 : value >= values[i - 1]! ? value - values[i - 1]! : value), 0);

/** As Prometheus does: linear within the bucket that the quantile falls into. */
const quantileOf = (share: number, buckets: readonly { readonly le: number; readonly count: number }[]): number => {
  const sorted = buckets.toSorted((a, b) => a.le - b.le);
  const wanted = share * (sorted.at(-1)?.count ?? 0);
  const index = sorted.findIndex(({ count }) => count >= wanted);
  const bucket = sorted[index];
  if (bucket === undefined || wanted === 0) return Number.NaN;
  const below = sorted[index - 1] ?? { le: 0, count: 0 };
  if (bucket.le === Number.POSITIVE_INFINITY) return below.le;
  return below.le + ((bucket.le - below.le) * (wanted - below.count)) / (bucket.count - below.count);
};

/**
 * Evaluates the part of PromQL that the dashboard uses, over scrapes in memory: selectors, rate, increase, sum by, topk,
 * histogram_quantile, and arithmetic with a number or between single series. Rates are not extrapolated to the
 * edges of their window.
 * @param query in PromQL
 * @param scrapes the oldest first; the result is that of the last
 * @throws Error for what it does not know
 */
export const evaluate = (query: string, scrapes: readonly Scrape[]): readonly Point[] => {
  const now = scrapes.at(-1)?.at ?? 0;
  const textOf = ({ from, to }: Tree) => query.slice(from, to);
  const childrenOf = (tree: Tree): Tree[] => {
    const found: Tree[] = [];
    for (let child = tree.firstChild; child !== null; child = child.nextSibling) found.push(child);
    return found;
  };

  const matching = (selector: Tree) => {
    const name = textOf(selector.getChild("Identifier")!);
    const matchers = (selector.getChild("LabelMatchers")?.getChildren("UnquotedLabelMatcher") ?? []).map((matcher) => {
      const [label, , pattern] = childrenOf(matcher).map(textOf) as [string, string, string];
      return { label, pattern: new RegExp(`^(?:${JSON.parse(pattern)})$`) };
    });
    return (sample: Sample) =>
      sample.name === name && matchers.every(({ label, pattern }) => pattern.test(sample.labels[label] ?? ""));
  };
  const selected = (selector: Tree, samples: readonly Sample[]): readonly Point[] => samples.filter(matching(selector));

  /** The gain of each series within a window, and the seconds that it covers. */
  const gains = (matrix: Tree): readonly (Point & { readonly over: number })[] => {
    const [, amount = "0", unit = "s"] = /^(\d+)([smh])$/.exec(textOf(matrix.getChild("DurationExpr")!)) ?? [];
    const from = now - Number(amount) * DURATION[unit]!;
    const within = scrapes.filter(({ at }) => at >= from);
    const series = new Map<string, { labels: Point["labels"]; values: number[]; first: number }>();
    for (const { at, samples } of within)
      for (const { labels, value } of selected(matrix.getChild("VectorSelector")!, samples)) {
        const known = series.get(keyOf(labels)) ?? { labels, values: [], first: at };
        known.values.push(value);
        series.set(keyOf(labels), known);
      }
    return [...series.values()].map(({ labels, values, first }) => ({
      labels,
      value: gained(values),
      over: now - first,
    }));
  };

  const grouped = (points: readonly Point[], by: readonly string[]) => {
    const groups = new Map<string, { labels: Record<string, string>; points: Point[] }>();
    for (const point of points) {
      const labels = Object.fromEntries(
        by.flatMap((label) => (label in point.labels ? [[label, point.labels[label]!]] : [])),
      );
      const group = groups.get(keyOf(labels)) ?? { labels, points: [] };
      group.points.push(point);
      groups.set(keyOf(labels), group);
    }
    return [...groups.values()];
  };

  const aggregate = (tree: Tree): readonly Point[] => {
    const operation = textOf(tree.getChild("AggregateOp")!);
    const body = childrenOf(tree.getChild("FunctionCallBody")!);
    const points = run(body.at(-1)!);
    if (operation === "topk") return points.toSorted((a, b) => b.value - a.value).slice(0, Number(textOf(body[0]!)));
    if (operation !== "sum") throw new Error(`${operation} is not known.`);
    const by =
      tree.getChild("AggregateModifier")?.getChild("GroupingLabels")?.getChildren("LabelName").map(textOf) ?? [];
    return grouped(points, by).map(({ labels, points: group }) => ({
      labels,
      value: group.reduce((sum, { value }) => sum + value, 0),
    }));
  };

  const call = (tree: Tree): readonly Point[] => {
    const name = textOf(tree.getChild("FunctionIdentifier")!);
    const body = childrenOf(tree.getChild("FunctionCallBody")!);
    if (name === "rate")
      return gains(body[0]!).flatMap(({ labels, value, over }) => (over > 0 ? [{ labels, value: value / over }] : []));
    if (name === "increase") return gains(body[0]!);
    if (name !== "histogram_quantile") throw new Error(`${name} is not known.`);
    const buckets = run(body[1]!);
    const labels = [...new Set(buckets.flatMap((point) => Object.keys(point.labels)))].filter(
      (label) => label !== "le",
    );
    return grouped(buckets, labels).map((group) => ({
      labels: group.labels,
      value: quantileOf(
        Number(textOf(body[0]!)),
        group.points.map(({ labels: { le }, value }) => ({
          le: le === "+Inf" ? Number.POSITIVE_INFINITY : Number(le),
          count: value,
        })),
      ),
    }));
  };

  const binary = (tree: Tree): readonly Point[] => {
    const [left, operator, right] = childrenOf(tree) as [Tree, Tree, Tree];
    const number = (side: Tree) => (side.name === "NumberDurationLiteral" ? Number(textOf(side)) : undefined);
    const [a, b] = [number(left), number(right)];
    if (operator.name === "Mul" && a !== undefined)
      return run(right).map(({ labels, value }) => ({ labels, value: a * value }));
    if (operator.name === "Gtr" && b !== undefined) return run(left).filter(({ value }) => value > b);
    if (operator.name !== "Div") throw new Error(`${operator.name} is not known.`);
    const [over] = run(right);
    return over === undefined ? [] : run(left).map(({ labels, value }) => ({ labels, value: value / over.value }));
  };

  const run = (tree: Tree): readonly Point[] => {
    switch (tree.name) {
      case "VectorSelector":
        return selected(tree, scrapes.at(-1)?.samples ?? []);
      case "AggregateExpr":
        return aggregate(tree);
      case "FunctionCall":
        return call(tree);
      case "BinaryExpr":
        return binary(tree);
      case "ParenExpr":
        return run(tree.firstChild!);
      default:
        throw new Error(`${tree.name} is not known: ${textOf(tree)}`);
    }
  };
  return run(parser.parse(query).topNode.firstChild!);
};
