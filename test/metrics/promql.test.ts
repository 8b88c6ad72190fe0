import { expect, test } from "vitest";
import { evaluate, readScrape } from "../../bench/lib/promql.ts";

/** Two scrapes ten seconds apart; between them a counter has started again. */
const SCRAPES = [
  [
    `# TYPE sent_total counter
sent_total{code="a"} 5
sent_total{code="b"} 90
late_bucket{le="0.1"} 0
late_bucket{le="0.2"} 0
late_bucket{le="+Inf"} 0`,
    0,
  ],
  [
    `sent_total{code="a"} 25
sent_total{code="b"} 10
late_bucket{le="0.1"} 5
late_bucket{le="0.2"} 10
late_bucket{le="+Inf"} 10`,
    10,
  ],
] as const;
const scrapes = SCRAPES.map(([text, at]) => readScrape(text, at));

// The picture of the dashboard is drawn from these.
test.each([
  ["sent_total", [25, 10]],
  ['sent_total{code=~"b|c"}', [10]],
  ["rate(sent_total[1m])", [2, 1]],
  ["increase(sent_total[1m])", [20, 10]],
  ["60 * sum by (code) (rate(sent_total[1m]))", [120, 60]],
  ["sum(rate(sent_total[1m])) / (sum(rate(sent_total[1m])) > 0)", [1]],
  ["sum(rate(sent_total[1m])) / (sum(rate(sent_total[1m])) > 9)", []],
  ["topk(1, rate(sent_total[1m]))", [2]],
  ["histogram_quantile(0.75, sum by (le) (rate(late_bucket[1m])))", [0.15]],
])("%s", (query, values) => {
  const found = evaluate(query, scrapes).map(({ value }) => value);
  expect(found).toHaveLength(values.length);
  for (const [index, value] of values.entries()) expect(found[index]).toBeCloseTo(value, 9);
});

test("what is not known is said rather than drawn wrong", () => {
  expect(() => evaluate("avg(sent_total)", scrapes)).toThrow("avg is not known.");
});
