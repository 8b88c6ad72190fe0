import { type Client, Events, Status } from "discord.js";
import type { Millis } from "../kernel/units.ts";
import type { Telemetry } from "../ports/telemetry.ts";

/** How the connection to Discord's gateway is. */
export interface GatewayHealth {
  /** Whether every shard is connected and knows its guilds. */
  isConnected(): boolean;
  /** Heartbeat to answer; undefined before the first. */
  latency(): Millis | undefined;
}

/** Looks at a client's shards, and counts their resumes and reconnects. */
export const watchGateway = (
  client: Client,
  telemetry: Pick<Telemetry, "gatewayResumed" | "gatewayReconnecting">,
): GatewayHealth => {
  client.on(Events.ShardResume, telemetry.gatewayResumed);
  client.on(Events.ShardReconnecting, telemetry.gatewayReconnecting);
  return {
    isConnected: () =>
      client.isReady() && client.ws.shards.size > 0 && client.ws.shards.every(({ status }) => status === Status.Ready),
    latency: () => (client.ws.ping >= 0 ? client.ws.ping : undefined),
  };
};
