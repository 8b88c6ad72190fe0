import { readFileSync } from "node:fs";
import { parser } from "@prometheus-io/lezer-promql";
import parse from "parse-prometheus-text-format";
import { expect, test } from "vitest";
import { createMetrics } from "../../src/metrics/metrics.ts";

interface Panel {
  readonly title: string;
  readonly description?: string;
  readonly targets?: readonly { readonly expr: string }[];
}

const { panels } = JSON.parse(readFileSync(new URL("../../docs/grafana-dashboard.json", import.meta.url), "utf8")) as {
  readonly panels: readonly Panel[];
};
/** As Grafana asks for them. */
const queries = panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr }) => [title, expr.replaceAll("$__rate_interval", "1m")] as const),
);

/** The metrics that a query names, and the places that Prometheus' grammar does not understand. */
const readQuery = (query: string) => {
  const metrics: string[] = [];
  const faults: number[] = [];
  parser.parse(query).iterate({
    enter({ name, type, from, to }) {
      if (type.isError) faults.push(from);
      if (name === "VectorSelector") metrics.push(query.slice(from, to).replace(/\{.*$/s, ""));
    },
  });
  return { metrics, faults };
};

/** What a scrape offers, by the names that queries use. */
const scraped = async (): Promise<ReadonlySet<string>> => {
  const metrics = createMetrics("1.0.0");
  metrics.readFrom({
    sessions: () => ({ all: 2, playing: 1, listeners: 3 }),
    gatewayLatency: () => 40,
    renderQueue: () => 0,
    databaseBytes: async () => 4_096,
    engineRestarts: () => 0,
  });
  const names = parse(await metrics.text()).flatMap(({ name, type }) =>
    type === "HISTOGRAM" ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  );
  return new Set(names);
};

test.each(queries)("%s: %s is PromQL, over metrics that exist", async (_title, query) => {
  const { metrics, faults } = readQuery(query);
  expect(faults).toEqual([]);
  expect(metrics.length).toBeGreaterThan(0);
  const known = await scraped();
  expect(metrics.filter((name) => !known.has(name))).toEqual([]);
});

test("the dashboard shows every metric of Lull's own", async () => {
  const shown = new Set(queries.flatMap(([, query]) => readQuery(query).metrics));
  const own = [...(await scraped())].filter((name) => name.startsWith("lull_") && !/_(sum|count)$/.test(name));
  expect(own.filter((name) => !shown.has(name))).toEqual([]);
});

test("every panel says what it shows", () => {
  for (const { title, targets, description } of panels) if (targets) expect(description, title).toMatch(/\w/);
});
