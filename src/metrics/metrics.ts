import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Telemetry } from "../ports/telemetry.ts";

/** What is looked at when somebody asks for the metrics. Values that are not known yet are undefined. */
interface Readings {
  /** Sessions, those of them that are heard now, and the members who listen to those. */
  sessions(): { readonly all: number; readonly playing: number; readonly listeners: number };
  /** Heartbeat to answer, in milliseconds. */
  gatewayLatency(): number | undefined;
  /** Sounds that are being rendered or wait for it. */
  renderQueue(): number;
  /** Of the database and its write-ahead log. */
  databaseBytes(): Promise<number>;
  engineRestarts(): number;
}

/** The bot's metrics in Prometheus' format. No label names a guild or a member. */
export interface Metrics {
  /** Feeds the counters and histograms. */
  readonly telemetry: Telemetry;
  /** Says where the gauges are read; until then they are absent. */
  readFrom(readings: Readings): void;
  readonly contentType: string;
  /** The metrics as they are now. */
  text(): Promise<string>;
}

/** In seconds: Discord gives up on an interaction after 3. */
const LATENCY_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3];
/** In seconds: a listener's buffer covers a few frames of 20 ms; ticks later than 200 ms are dropped. */
const LATENESS_BUCKETS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2];

const createTelemetry = (registry: Registry): Telemetry => {
  const registers = [registry];
  const counter = <Label extends string = never>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Counter<Label>({ name, help, labelNames, registers });

  const interactions = counter("lull_interactions_total", "Interactions that are over, by how they ended", [
    "kind",
    "command",
    "outcome",
  ]);
  const latencies = new Histogram({
    name: "lull_interaction_latency_seconds",
    help: "From an interaction to the first answer that Discord took",
    labelNames: ["command"] as const,
    buckets: LATENCY_BUCKETS,
    registers,
  });
  const lateness = new Histogram({
    name: "lull_tick_lateness_seconds",
    help: "How far behind its 20 ms grid the packets of a tick were all sent",
    buckets: LATENESS_BUCKETS,
    registers,
  });
  const sent = counter("lull_packets_sent_total", "Packets given to voice connections");
  const late = counter("lull_packets_late_total", "Packets sent more than one frame behind the grid");
  const dropped = counter("lull_packets_dropped_total", "Packets that were due and never sent");
  const voiceReconnects = counter(
    "lull_voice_reconnects_total",
    "Voice connections that were lost and made again, by the voice gateway's close code (none: it sent none)",
    ["code"],
  );
  const resumes = counter("lull_gateway_resumes_total", "Gateway sessions that were resumed");
  const reconnects = counter("lull_gateway_reconnects_total", "Gateway connections that were lost");
  const rateLimited = counter("lull_rest_rate_limited_total", "Requests that Discord refused with 429");

  return {
    interactionEnded({ latency, ...labels }) {
      interactions.inc(labels);
      latencies.observe({ command: labels.command }, latency / 1_000);
    },
    gatewayResumed: () => resumes.inc(),
    gatewayReconnecting: () => reconnects.inc(),
    rateLimited: () => rateLimited.inc(),
    voiceReconnecting: (closeCode) => voiceReconnects.inc({ code: String(closeCode ?? "none") }),
    packetsSent(counts) {
      sent.inc(counts.sent);
      late.inc(counts.late);
      dropped.inc(counts.dropped);
      for (const each of counts.lateness) lateness.observe(each / 1_000);
    },
  };
};

/** Gauges that are read when they are asked for. */
const createGauges = (registry: Registry, read: () => Readings | undefined): void => {
  const gauge = (name: string, help: string, value: (from: Readings) => number | undefined | Promise<number>) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.reset();
        const readings = read();
        const found = readings && (await value(readings));
        if (found === undefined) this.remove();
        else this.set(found);
      },
    });
  gauge("lull_sessions", "Listening sessions, playing, paused or being prepared", ({ sessions }) => sessions().all);
  gauge("lull_sessions_playing", "Sessions whose sound is sent now", ({ sessions }) => sessions().playing);
  gauge("lull_listeners", "Members who listen to the sessions that play", ({ sessions }) => sessions().listeners);
  gauge("lull_gateway_latency_seconds", "From a heartbeat of the gateway to its answer", ({ gatewayLatency }) => {
    const latency = gatewayLatency();
    return latency === undefined ? undefined : latency / 1_000;
  });
  gauge("lull_render_queue", "Sounds that are being rendered or wait for it", ({ renderQueue }) => renderQueue());
  gauge("lull_database_bytes", "Size of the database with its write-ahead log", (from) => from.databaseBytes());
  gauge("lull_engine_restarts", "Engines that ended or hung and were replaced, since the start", (from) =>
    from.engineRestarts(),
  );
};

/**
 * Creates the metrics of this process, Node's own (memory, event loop, garbage collection) among
 * them.
 * @param version of Lull, for `lull_info`
 */
export const createMetrics = (version: string): Metrics => {
  const registry = new Registry();
  let readings: Readings | undefined;
  collectDefaultMetrics({ register: registry });
  const info = new Gauge({
    name: "lull_info",
    help: "Always 1; its labels say which Lull and which Node runs",
    labelNames: ["version", "node"] as const,
    registers: [registry],
  });
  info.set({ version, node: process.versions.node }, 1);
  createGauges(registry, () => readings);
  return {
    telemetry: createTelemetry(registry),
    readFrom(from) {
      readings = from;
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
};
