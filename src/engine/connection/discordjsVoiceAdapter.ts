import type { VoiceConnection } from "@discordjs/voice";
import { activityOf } from "./closeObserver.ts";
import {
  isSupportedVersion,
  NETWORKING_STATUS,
  type Networking,
  networkingOf,
  type VoiceSocket,
} from "./discordjsVoiceInternals.ts";
import type { Outbox, PacketTarget } from "./outbox.ts";
import { createUdpPath, type UdpPath } from "./udpPath.ts";
import type { VoiceTransport } from "./voiceTransport.ts";

/**
 * Creates the transport of a library connection.
 * @param outbox of the thread
 * @param failed is told of a packet that could not be sent after all
 * @param known whether the library's inside is the one that is known; otherwise its public calls
 * are used
 */
export const createVoiceTransport = (
  connection: VoiceConnection,
  outbox: Outbox,
  failed: (error: unknown) => void,
  known: boolean = isSupportedVersion(),
): VoiceTransport => (known ? createDirectTransport(connection, outbox, failed) : createPublicTransport(connection));

/** Without knowing the inside: the library's own packets, with its own encryption. */
const createPublicTransport = (connection: VoiceConnection): VoiceTransport => ({
  state: () => (connection.state.status === "ready" ? "ready" : "connecting"),
  isReady: () => connection.state.status === "ready",
  send: (packet) => connection.playOpusPacket(Buffer.from(packet)) === true,
  setSpeaking: (on) => void connection.setSpeaking(on),
  lastKeepAliveEcho: () => undefined,
  lastVoicePacket: () => undefined,
  lastGatewayMessage: () => undefined,
  heartbeatInterval: () => undefined,
  dropGatewaySocket() {},
  retryIpDiscovery() {},
});

const isAlone = ({ connectionData, connectionOptions }: Networking["state"]) =>
  [...(connectionData?.connectedClients ?? [])].every((user) => user === connectionOptions?.userId);

/** Whether the session is encrypted end to end, and whether its keys are there. */
const daveStatus = ({ dave }: Networking["state"]): "off" | "pending" | "ready" => {
  if (dave === undefined || dave.protocolVersion === 0) return "off";
  return dave.session?.ready === true ? "ready" : "pending";
};

/**
 * Calls back after anything that may change a connection's session, sockets or keys; follows it
 * from session to session.
 */
const watchSession = (connection: VoiceConnection, changed: () => void): void => {
  let networking: Networking | undefined;
  let socket: VoiceSocket | undefined;
  const follow = () => {
    changed();
    const current = networkingOf(connection);
    if (current !== networking) {
      networking = current;
      networking?.on("stateChange", follow);
    }
    const found = networking?.state.ws;
    if (found === socket) return;
    socket = found;
    // After the library's own listeners: what a message changes has changed by then.
    socket?.on("packet", follow);
    socket?.on("binary", follow);
  };
  connection.on("stateChange", follow);
  follow();
};

const createDirectTransport = (
  connection: VoiceConnection,
  outbox: Outbox,
  failed: (error: unknown) => void,
): VoiceTransport => {
  let path: UdpPath | undefined;
  /** As it was found last; whatever may change it makes it undefined. */
  let target: PacketTarget | undefined;
  watchSession(connection, () => {
    target = undefined;
  });

  const sessionState = () => networkingOf(connection)?.state;

  const readySession = () => {
    const session = sessionState();
    if (session?.udp !== undefined && session.udp !== path?.udp) path = createUdpPath(session.udp);
    return session?.code === NETWORKING_STATUS.ready && session.connectionData !== undefined && path !== undefined
      ? { session, rtp: session.connectionData, path }
      : undefined;
  };

  /** Where packets go, if they can; silence may be sent before the keys are there. */
  const findTarget = (): PacketTarget | undefined => {
    const ready = readySession();
    // While a socket is being connected it queues what it is given: it must not be given what is
    // sealed in shared memory.
    if (ready === undefined || !ready.path.isConnected()) return undefined;
    const dave = daveStatus(ready.session) === "ready" ? ready.session.dave?.session : undefined;
    return { rtp: ready.rtp, socket: ready.path.udp.socket, dave, failed };
  };

  const state = () => {
    target = undefined;
    const ready = readySession();
    if (ready === undefined) return sessionState()?.code === NETWORKING_STATUS.resuming ? "resuming" : "connecting";
    if (!ready.path.isConnected()) {
      // What is sent while a socket is being connected is lost.
      ready.path.connect();
      return "connecting";
    }
    if (daveStatus(ready.session) === "pending") return isAlone(ready.session) ? "alone" : "encrypting";
    target = findTarget();
    return "ready";
  };

  const socketActivity = () => {
    const socket = sessionState()?.ws;
    return socket && activityOf(socket);
  };

  return {
    state,
    isReady: () => target !== undefined || state() === "ready",
    send(packet) {
      const found = target ?? findTarget();
      if (found === undefined) return false;
      outbox.send(found, packet);
      return true;
    },
    setSpeaking: (on) => void connection.setSpeaking(on),
    lastGatewayMessage: () => socketActivity()?.lastMessage,
    heartbeatInterval: () => socketActivity()?.heartbeatInterval,
    dropGatewaySocket: () => sessionState()?.ws?.ws.terminate(),
    lastKeepAliveEcho: () => readySession()?.path.lastKeepAliveEcho(),
    lastVoicePacket: () => path?.lastVoicePacket(),
    retryIpDiscovery() {
      const session = sessionState();
      if (session?.code !== NETWORKING_STATUS.udpHandshaking || session.udp === undefined) return;
      const { ssrc } = session.connectionData ?? {};
      if (ssrc === undefined) return;
      if (session.udp !== path?.udp) path = createUdpPath(session.udp);
      path.requestIpDiscovery(ssrc);
    },
  };
};
