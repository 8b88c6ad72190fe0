import type { Member } from "discord-emulator";
import parse from "parse-prometheus-text-format";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type GuildId, id } from "../../src/kernel/ids.ts";
import { openRehearsal, type Rehearsal } from "./openRehearsal.ts";

let rehearsal: Rehearsal;
let ana: Member;
let address: string;

beforeAll(async () => {
  rehearsal = await openRehearsal({ sounds: ["brown-noise"], environment: { LULL_HTTP: "127.0.0.1:0" } });
  const [said] = rehearsal
    .bot()
    .lines.flatMap((line) => /^Health and metrics: (http:[^/]*\/\/[^/]+)\//.exec(line)?.[1] ?? []);
  address = said ?? "";
  ana = await rehearsal.member("ana").join("lounge");
});
afterAll(() => rehearsal.close());

const readiness = async () => {
  const response = await fetch(`${address}/readyz`);
  return { status: response.status, ...((await response.json()) as { readonly failing: readonly string[] }) };
};
const until = async (description: string, condition: () => Promise<boolean>) => {
  for (let waited = 0; waited < 200; waited++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`It did not come about that ${description}.`);
};
const scrape = async () => {
  const text = await (await fetch(`${address}/metrics`)).text();
  const families = parse(text);
  const sum = (name: string, labels: Readonly<Record<string, string>> = {}) =>
    (families.find((family) => family.name === name)?.metrics ?? [])
      .filter((metric) => Object.entries(labels).every(([label, value]) => metric.labels?.[label] === value))
      .reduce((total, { value, count }) => total + Number(value ?? count), 0);
  return { text, families, sum };
};

test("/readyz goes down while the gateway is away, and comes back with it", async () => {
  await until("it is ready", async () => (await readiness()).status === 200);
  rehearsal.faults.holdGateway(true);
  rehearsal.faults.closeGateway(4000);
  await until("it is not ready", async () => (await readiness()).status === 503);
  expect((await readiness()).failing).toEqual(["gateway"]);
  expect((await fetch(`${address}/livez`)).status).toBe(200);
  rehearsal.faults.holdGateway(false);
  await until("it is ready again", async () => (await readiness()).status === 200);
  expect((await scrape()).sum("lull_gateway_resumes_total")).toBe(1);
});

test("a scrape counts what is played, who listens and what is answered", async () => {
  rehearsal.faults.failRequests(/\/messages/, 429, 1, 0.1);
  await ana.slash("play", { sound: "brown-noise" });
  await rehearsal.member("bo").slash("pause");
  await until("packets are counted", async () => (await scrape()).sum("lull_packets_sent_total") > 50);
  rehearsal.voice.faults.closeSocket(id<GuildId>(rehearsal.guildId), 4006);
  await until("the reconnect is counted", async () => (await scrape()).sum("lull_voice_reconnects_total") > 0);
  await until("it plays again", async () => (await scrape()).sum("lull_sessions_playing") === 1);
  const { sum } = await scrape();
  expect({
    sessions: sum("lull_sessions"),
    listeners: sum("lull_listeners"),
    reconnects: sum("lull_voice_reconnects_total", { code: "4006" }),
    played: sum("lull_interactions_total", { command: "play", outcome: "answered" }),
    refused: sum("lull_interactions_total", { command: "pause", outcome: "refused" }),
    rateLimited: sum("lull_rest_rate_limited_total"),
    rendering: sum("lull_render_queue"),
    restarts: sum("lull_engine_restarts"),
  }).toEqual({
    sessions: 1,
    listeners: 1,
    reconnects: 1,
    played: 1,
    refused: 1,
    rateLimited: 1,
    rendering: 0,
    restarts: 0,
  });
  expect(sum("lull_tick_lateness_seconds")).toBeGreaterThan(50);
  expect(sum("lull_packets_sent_total")).toBeGreaterThanOrEqual(sum("lull_packets_late_total"));
  expect(sum("lull_database_bytes")).toBeGreaterThan(4_096);
  expect(sum("process_resident_memory_bytes")).toBeGreaterThan(2 ** 25);
});

test("what the operator has not switched on is not offered as a command", () => {
  expect(rehearsal.commands().map(({ name }) => name)).not.toContain("remote");
});

test("no label and no value names a guild or a member", async () => {
  const { text } = await scrape();
  for (const secret of [rehearsal.guildId, ana.id, `"lounge"`, `"ana"`]) expect(text).not.toContain(secret);
});
