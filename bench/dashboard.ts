import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { z } from "zod";
import { type GuildId, id } from "../src/kernel/ids.ts";
import { seconds } from "../src/kernel/units.ts";
import { openRehearsal } from "../test/e2e/openRehearsal.ts";
import { type DrawnPanel, dashboardSvg } from "./lib/dashboardSvg.ts";
import { evaluate, readScrape, type Scrape } from "./lib/promql.ts";

/** Draws docs/images/dashboard.webp: the panels of the Grafana dashboard, over what a bot said in an evening of minutes. */
const { values: options } = parseArgs({ options: { seconds: { type: "string", default: "120" } } });
const DOCS = resolve(import.meta.dirname, "../docs");
/** How often Prometheus would ask; Grafana's rates then look back four times as far. */
const INTERVAL = 2;

const Dashboard = z.object({
  panels: z.array(
    z.object({
      title: z.string(),
      type: z.string(),
      gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
      targets: z.array(z.object({ expr: z.string(), legendFormat: z.string().default("") })).default([]),
      fieldConfig: z.object({ defaults: z.object({ unit: z.string().optional() }) }).optional(),
      options: z.object({ textMode: z.string().optional() }).optional(),
    }),
  ),
});

const rehearsal = await openRehearsal({
  sounds: ["brown-noise", "ocean", "pink-noise"],
  environment: { LULL_HTTP: "127.0.0.1:0" },
});
const [address = ""] = rehearsal
  .bot()
  .lines.flatMap((line) => /^Health and metrics: (http:\/\/[^/]+)/.exec(line)?.[1] ?? []);
const [ana, bo] = [rehearsal.member("ana"), rehearsal.member("bo")];

/** What happens, evenly spread over the time. */
const evening: readonly (() => unknown)[] = [
  () => ana.join("lounge"),
  () => ana.slash("play", { sound: "brown-noise" }),
  () => bo.join("lounge"),
  () => bo.slash("mix add", { sound: "ocean", place: "left" }),
  () => ana.slash("queue show"),
  () => rehearsal.member("cy").slash("pause"),
  () => ana.slash("play", { sound: "pink-noise" }),
  () => rehearsal.voice.faults.closeSocket(id<GuildId>(rehearsal.guildId), 4006),
  () => rehearsal.member("cy").slash("pause"),
  () => bo.slash("mix show"),
  () => ana.slash("sleep in", { duration: "45m" }),
  () => ana.slash("queue show"),
  () => rehearsal.faults.closeGateway(4000),
  () => ana.slash("play", { sound: "ocean" }),
  () => bo.slash("loudness", { step: "quiet" }),
  () => rehearsal.voice.faults.closeSocket(id<GuildId>(rehearsal.guildId), 4006),
  () => bo.slash("queue show"),
  () => ana.slash("sleep show"),
];

const scrapes: Scrape[] = [];
const length = Number(options.seconds);
let done = 0;
for (let at = 0; at <= length; at += INTERVAL) {
  for (; done < evening.length && at >= (done * length) / evening.length; done++) await evening[done]?.();
  scrapes.push(readScrape(await (await fetch(`${address}/metrics`)).text(), at));
  await pause(seconds(INTERVAL));
}
await rehearsal.close();

const named = (format: string, labels: Readonly<Record<string, string>>) =>
  format.replaceAll(/\{\{(\w+)\}\}/g, (_, label: string) => labels[label] ?? "");

/** Every series of a query, a value per scrape. */
const seriesOf = (query: string, legend: string) => {
  const series = new Map<string, number[]>();
  scrapes.forEach((_, index) => {
    for (const { labels, value } of evaluate(query, scrapes.slice(0, index + 1))) {
      const name = named(legend, labels);
      const values = series.get(name) ?? new Array<number>(scrapes.length).fill(Number.NaN);
      values[index] = value;
      series.set(name, values);
    }
  });
  return [...series].map(([name, values]) => ({ name, values }));
};

const { panels } = Dashboard.parse(JSON.parse(readFileSync(resolve(DOCS, "grafana-dashboard.json"), "utf8")));
const drawn = panels.map(
  ({ title, type, gridPos, targets, fieldConfig, options: shown }): DrawnPanel => ({
    title,
    type,
    unit: shown?.textMode === "name" ? "text" : fieldConfig?.defaults.unit,
    place: gridPos,
    series: targets.flatMap(({ expr, legendFormat }) =>
      seriesOf(expr.replaceAll("$__rate_interval", `${4 * INTERVAL}s`), legendFormat),
    ),
  }),
);
const { size } = await sharp(Buffer.from(dashboardSvg(drawn)))
  .webp({ quality: 90, smartSubsample: true, effort: 6 })
  .toFile(resolve(DOCS, "images/dashboard.webp"));
console.log(`dashboard.webp ${Math.round(size / 1_000)} kB, of ${scrapes.length} scrapes`);
