import type { Config } from "./config.ts";
import type { Discord } from "./discord/client.ts";
import type { Engine } from "./engine/engine.ts";
import { type Health, serveHealth } from "./http/health.ts";
import { type HttpServer, openHttpServer, sendText } from "./http/httpServer.ts";
import type { Log } from "./kernel/log.ts";
import type { Metrics } from "./metrics/metrics.ts";
import type { Sounds } from "./openSounds.ts";
import { versionOf } from "./ownPackage.ts";
import { noTelemetry, type Telemetry } from "./ports/telemetry.ts";
import type { Sessions } from "./runtime/sessions.ts";
import type { Storage } from "./storage/openStorage.ts";

/** The parts whose work makes the bot ready; each fails until it is there. */
const PARTS = ["gateway", "commands", "engine", "database"];

/** What watches the bot, and what it is told. */
export interface Monitoring {
  readonly telemetry: Telemetry;
  /** The server of `LULL_HTTP`, for further routes; undefined where it is off. */
  readonly http: HttpServer | undefined;
  /** Says what to look at, once it is there. */
  watch(bot: {
    readonly sessions: Sessions;
    readonly engine: Engine;
    readonly sounds: Sounds;
    readonly discord: Discord;
  }): void;
  close(): Promise<void>;
}

const off: Monitoring = {
  telemetry: noTelemetry,
  http: undefined,
  watch() {},
  close: () => Promise.resolve(),
};

const watchedBy =
  (health: Health, metrics: Metrics, storage: Storage): Monitoring["watch"] =>
  ({ sessions, engine, sounds, discord }) => {
    health.require("gateway", discord.gateway.isConnected);
    health.require("commands", discord.areCommandsRegistered);
    health.require("engine", engine.isAlive);
    metrics.readFrom({
      sessions: sessions.totals,
      gatewayLatency: discord.gateway.latency,
      renderQueue: sounds.renderQueue,
      databaseBytes: storage.health.bytes,
      engineRestarts: () => engine.counts().restarts,
    });
  };

/**
 * Serves health and metrics, where `LULL_HTTP` says where.
 * @throws UserError that names the variable where the address cannot be used
 */
export const openMonitoring = async (config: Config, storage: Storage, log: Log): Promise<Monitoring> => {
  if (config.http === undefined) return off;
  const http = await openHttpServer(config.http, log);
  // Loaded here, so that a bot whose metrics nobody reads has no memory taken by it.
  const { createMetrics } = await import("./metrics/metrics.ts");
  const metrics = createMetrics(versionOf());
  const health = serveHealth(http, PARTS, log);
  health.require("database", storage.health.isWritable);
  http.route("GET", "/metrics", async (_request, response) => {
    sendText(response, 200, await metrics.text(), metrics.contentType);
  });
  return {
    telemetry: metrics.telemetry,
    http,
    watch: watchedBy(health, metrics, storage),
    close: http.close,
  };
};
