import { type Client, Events, Status } from "discord.js";
import type { Millis } from "../kernel/units.ts";
import type { Telemetry } from "../ports/telemetry.ts";

/** How the connection to Discord's gateway is. */
export interface GatewayHealth {
  /** Whether every shard of this process is connected and knows its guilds. */
  isConnected(): boolean;
  /** Heartbeat to answer; undefined before the first. */
  latency(): Millis | undefined;
}

/**
 * Looks at a client's shards, and counts their resumes and reconnects.
 * @param isOpen whether the shard is to have a gateway session here
 */
export const watchGateway = (
  client: Client,
  telemetry: Pick<Telemetry, "gatewayResumed" | "gatewayReconnecting">,
  isOpen: (shard: number) => boolean,
): GatewayHealth => {
  client.on(Events.ShardResume, telemetry.gatewayResumed);
  client.on(Events.ShardReconnecting, telemetry.gatewayReconnecting);
  return {
    isConnected: () =>
      client.isReady() && client.ws.shards.every(({ id, status }) => !isOpen(id) || status === Status.Ready),
    latency() {
      const known = client.ws.shards.filter(({ id, ping }) => isOpen(id) && ping >= 0);
      return known.size === 0 ? undefined : known.reduce((sum, { ping }) => sum + ping, 0) / known.size;
    },
  };
};
