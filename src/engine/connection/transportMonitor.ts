import { type Millis, seconds } from "../../kernel/units.ts";
import type { ConnectionEvent, ConnectionState } from "./connectionState.ts";
import type { VoiceTransport } from "./voiceTransport.ts";

/** Between two polls of a connection that is up. */
const POLL_INTERVAL: Millis = 250;
const IP_DISCOVERY_INTERVAL: Millis = seconds(1);
/** Three keep-alive echoes missed. */
const KEEP_ALIVE_TIMEOUT: Millis = seconds(17);
/** A voice gateway that has sent nothing for so many heartbeat intervals is half open. */
const MAX_HEARTBEATS_MISSED = 1.45;
/** Discord asks for a heartbeat each 13.75 s. */
const DEFAULT_HEARTBEAT_INTERVAL: Millis = seconds(13.75);

/**
 * Turns what a voice transport shows of itself, and the time that passes, into events for the
 * supervisor.
 */
export interface TransportMonitor {
  /** Cheap: call it with every tick. @param time on the monotonic clock */
  poll(time: Millis, status: ConnectionState["status"], transport: VoiceTransport | undefined): void;
}

/** @param dispatch takes the events in the order in which they are noticed */
export const createTransportMonitor = (dispatch: (event: ConnectionEvent) => void): TransportMonitor => {
  let lastPoll: Millis = 0;
  let lastDiscovery: Millis = 0;

  const reportState = (transport: VoiceTransport, time: Millis) => {
    const state = transport.state();
    if (state === "connecting" && time - lastDiscovery > IP_DISCOVERY_INTERVAL) {
      lastDiscovery = time;
      transport.retryIpDiscovery();
    }
    // Alone in the call there is nobody to share a key with, and nobody to hear.
    if (state === "ready" || state === "alone") dispatch({ type: "established" });
    if (state === "resuming") dispatch({ type: "socketResuming" });
    if (state === "encrypting") dispatch({ type: "encryptionPending" });
  };

  const checkLiveness = (transport: VoiceTransport, time: Millis) => {
    const echo = transport.lastKeepAliveEcho();
    if (echo !== undefined && time - echo > KEEP_ALIVE_TIMEOUT) dispatch({ type: "broken", why: "no echo" });
    const message = transport.lastGatewayMessage();
    const interval = transport.heartbeatInterval() ?? DEFAULT_HEARTBEAT_INTERVAL;
    if (message !== undefined && time - message > MAX_HEARTBEATS_MISSED * interval) transport.dropGatewaySocket();
  };

  return {
    poll(time, status, transport) {
      // While somebody waits for the connection, each tick counts.
      if (status === "connected" && time - lastPoll < POLL_INTERVAL) return;
      lastPoll = time;
      if (transport !== undefined) {
        reportState(transport, time);
        checkLiveness(transport, time);
      }
      dispatch({ type: "ticked" });
    },
  };
};
