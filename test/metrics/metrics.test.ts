import parse from "parse-prometheus-text-format";
import { expect, test } from "vitest";
import { createPacketCounter } from "../../src/engine/packetCounter.ts";
import { createMetrics } from "../../src/metrics/metrics.ts";

/** Every sample of a metric that is no histogram, by its labels. */
const samples = async (metrics: ReturnType<typeof createMetrics>, name: string) =>
  (parse(await metrics.text()).find((family) => family.name === name)?.metrics ?? []).map(
    ({ labels = {}, value }) => [labels, Number(value)] as const,
  );

test("gauges are absent until they can be read, and while a value is not known", async () => {
  const metrics = createMetrics("1.0.0");
  expect(await samples(metrics, "lull_sessions")).toEqual([]);
  let latency: number | undefined;
  metrics.readFrom({
    sessions: () => ({ all: 2, playing: 1, listeners: 3 }),
    gatewayLatency: () => latency,
    renderQueue: () => 4,
    databaseBytes: async () => 4_096,
    engineRestarts: () => 0,
  });
  expect(await samples(metrics, "lull_sessions")).toEqual([[{}, 2]]);
  expect(await samples(metrics, "lull_database_bytes")).toEqual([[{}, 4_096]]);
  expect(await samples(metrics, "lull_gateway_latency_seconds")).toEqual([]);
  latency = 42;
  expect(await samples(metrics, "lull_gateway_latency_seconds")).toEqual([[{}, 0.042]]);
});

test("what an engine has sent is added up, tick by tick", async () => {
  const metrics = createMetrics("1.0.0");
  const counter = createPacketCounter();
  const tick = (packets: readonly boolean[], lateness: number, missed = 0) => {
    for (const taken of packets) counter.sent(taken);
    counter.tickEnded(lateness, missed);
  };
  tick([true, true], 0.4);
  tick([true, false], 0.6);
  metrics.telemetry.packetsSent(counter.take()!);
  tick([], 500, 25); // Nothing plays: nothing is late.
  expect(counter.take()).toBeUndefined();
  tick([true, true], 21, 10);
  metrics.telemetry.packetsSent(counter.take()!);
  expect(await samples(metrics, "lull_packets_sent_total")).toEqual([[{}, 5]]);
  expect(await samples(metrics, "lull_packets_late_total")).toEqual([[{}, 2]]);
  expect(await samples(metrics, "lull_packets_dropped_total")).toEqual([[{}, 21]]);
  expect(await metrics.text()).toMatch(/lull_tick_lateness_seconds_bucket\{le="0.0005"\} 1\n/);
  expect(await metrics.text()).toMatch(/lull_tick_lateness_seconds_count 3\n/);
});

test("interactions and reconnects are counted by labels of a known set", async () => {
  const { telemetry, ...metrics } = createMetrics("1.0.0");
  const of = (name: string) => samples({ telemetry, ...metrics }, name);
  telemetry.interactionEnded({ kind: "command", command: "play", outcome: "answered", latency: 30 });
  telemetry.interactionEnded({ kind: "command", command: "play", outcome: "answered", latency: 90 });
  telemetry.voiceReconnecting(4006);
  telemetry.voiceReconnecting(undefined);
  expect(await of("lull_interactions_total")).toEqual([[{ kind: "command", command: "play", outcome: "answered" }, 2]]);
  expect(await of("lull_voice_reconnects_total")).toEqual([
    [{ code: "4006" }, 1],
    [{ code: "none" }, 1],
  ]);
});
