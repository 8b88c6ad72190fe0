import type { Socket } from "node:dgram";
import { type VoiceConnection, version } from "@discordjs/voice";
import type { Packet } from "../../audio/format.ts";
import type { Outbox, PacketTarget } from "./outbox.ts";
import { RTP_HEADER_BYTES, RTP_PAYLOAD_TYPE, type RtpSession } from "./seal.ts";

/**
 * All that reaches into @discordjs/voice. Its handshake (gateway, discovery, DAVE) is the library's; the packets are ours, because its own
 * path makes a key object of the raw key for each packet and crashes on XChaCha20 with sodium-native. The shapes below are those of the
 * version named here; with any other the library's public calls are used instead.
 */
const SUPPORTED_VERSION = "0.19.2";

/** NetworkingStatusCode of the library. */
const STATUS_UDP_HANDSHAKING = 2;
const STATUS_READY = 4;
const STATUS_RESUMING = 5;

/** Bytes of the library's keep-alive. */
const KEEP_ALIVE_BYTES = 8;

interface DaveState {
  readonly protocolVersion: number;
  readonly session?: { readonly ready: boolean; encryptOpus(packet: Uint8Array): Buffer };
}

interface ConnectionData extends RtpSession {
  readonly connectedClients: ReadonlySet<string>;
}

/** VoiceOpcodes. */
const READY_OPCODE = 2;
const HELLO_OPCODE = 8;
/** Costs a sixth of what AES-GCM costs through Node's cipher objects (`npm run bench`); Discord has it everywhere. */
const PREFERRED_MODE = "aead_xchacha20_poly1305_rtpsize";

interface Networking {
  readonly state: {
    readonly code: number;
    readonly ws?: VoiceSocket;
    readonly udp?: UdpConnection;
    readonly connectionOptions?: { readonly userId: string };
    readonly dave?: DaveState;
    readonly connectionData?: ConnectionData;
  };
  on(event: "stateChange", run: () => void): unknown;
  prependOnceListener(event: "close", run: (code: number) => void): unknown;
}

/** The library's voice websocket, and the websocket in it. */
interface VoiceSocket {
  readonly ws: { terminate(): void };
  emit(event: string, ...details: readonly unknown[]): boolean;
  on(event: "packet" | "binary", run: () => void): unknown;
  onMessage(event: unknown): void;
}

interface UdpConnection {
  readonly socket: Socket;
  readonly remote: { readonly ip: string; readonly port: number };
  send(buffer: Buffer): void;
  on(event: "message", run: (message: Buffer) => void): unknown;
}

/** The way out for packets, for as long as one voice session lasts. */
export interface VoiceTransport {
  /** Whether what is sent now can be heard: the session is up, and its end-to-end encryption where there is one. */
  state(): "ready" | "alone" | "connecting" | "resuming" | "encrypting";
  /** Whether the state is "ready"; looks only after something has happened, for whoever asks with each packet. */
  isReady(): boolean;
  /** Sends one Opus frame, at the latest when the outbox is flushed. @returns false when the connection could not take it */
  send(packet: Packet): boolean;
  setSpeaking(on: boolean): void;
  /**
   * When a keep-alive was echoed last, on the monotonic clock; undefined until one has been: some of Discord's voice hosts
   * echo them every five seconds, some never do (discordjs/discord.js#9185).
   */
  lastKeepAliveEcho(): number | undefined;
  /**
   * When a packet of somebody else's voice came last, on the monotonic clock. Such packets are counted by their header alone:
   * they are neither decrypted nor kept.
   */
  lastVoicePacket(): number | undefined;
  /** When the voice gateway said anything last, on the monotonic clock. */
  lastGatewayMessage(): number | undefined;
  /** How often it is asked to answer, as it wished itself, in milliseconds. */
  heartbeatInterval(): number | undefined;
  /** Drops the socket of the voice gateway, which the library then resumes. */
  dropGatewaySocket(): void;
  /** Asks for the own address again while the first question is unanswered. */
  retryIpDiscovery(): void;
}

const networkingOf = (connection: VoiceConnection): Networking | undefined =>
  (connection.state as { networking?: Networking }).networking;

/** What can be told of a connection from outside. */
export interface CloseObserver {
  /** The library is about to react to a close; what it asks Discord for now is not ours. */
  closing(): void;
  /** The voice gateway has closed the session with this code. */
  closed(code: number): void;
  broken(why: string): void;
}

/** Any session that is gone for a reason that the library's public calls do not tell. */
const SESSION_NO_LONGER_VALID = 4006;

/** What each socket was heard to say. */
interface SocketActivity {
  lastMessage: number;
  heartbeatInterval: number | undefined;
}
const activityOf = new WeakMap<object, SocketActivity>();

const heartbeatIntervalIn = (packet: unknown): number | undefined => {
  const { op, d } = packet as { readonly op: number; readonly d?: { readonly heartbeat_interval?: number } };
  return op === HELLO_OPCODE ? d?.heartbeat_interval : undefined;
};

/** Of the encryptions that a voice host offers the library takes the first one it knows. */
const preferMode = (packet: unknown) => {
  const { op, d } = packet as { readonly op: number; readonly d?: { modes?: string[] } };
  if (op !== READY_OPCODE || !d?.modes?.includes(PREFERRED_MODE)) return;
  d.modes = [PREFERRED_MODE, ...d.modes.filter((mode) => mode !== PREFERRED_MODE)];
};

/**
 * An exception in one of the library's handlers would end up in nobody's hands: it means that this session, and only this one,
 * has to be made anew. Key messages that come while the library resumes are dropped by it, and with them the keys.
 */
const monitorSocket = (networking: Networking, socket: VoiceSocket, on: CloseObserver) => {
  if (activityOf.has(socket)) return;
  const heard: SocketActivity = { lastMessage: performance.now(), heartbeatInterval: undefined };
  activityOf.set(socket, heard);
  const emit = socket.emit.bind(socket);
  socket.emit = (event, ...details) => {
    heard.lastMessage = performance.now();
    if (event === "binary" && networking.state.code === STATUS_RESUMING)
      on.broken("keys came before the session was resumed");
    try {
      if (event === "packet") {
        heard.heartbeatInterval ??= heartbeatIntervalIn(details[0]);
        preferMode(details[0]);
      }
      return emit(event, ...details);
    } catch (error) {
      on.broken(String(error));
      return true;
    }
  };
  // What is no message at all throws before anything is emitted.
  const onMessage = socket.onMessage.bind(socket);
  socket.onMessage = (event) => {
    try {
      onMessage(event);
    } catch (error) {
      on.broken(String(error));
    }
  };
};

/** Tells of each close of the voice gateway before the library reacts to it. */
export const observeCloses = (
  connection: VoiceConnection,
  on: CloseObserver,
  known: boolean = isSupportedVersion(),
): void => {
  if (!known) {
    connection.on("stateChange", (before, after) => {
      if (before.status === after.status || (before.status !== "ready" && before.status !== "connecting")) return;
      if (after.status === "disconnected" && after.reason === 0) on.closed(after.closeCode);
      if (after.status !== "signalling") return;
      on.closing();
      on.closed(SESSION_NO_LONGER_VALID);
    });
    return;
  }
  let seen: Networking | undefined;
  connection.on("stateChange", () => {
    const networking = networkingOf(connection);
    if (networking === undefined || networking === seen) return;
    seen = networking;
    const guardSocket = () => networking.state.ws && monitorSocket(networking, networking.state.ws, on);
    guardSocket();
    networking.on("stateChange", guardSocket);
    networking.prependOnceListener("close", (code) => {
      on.closing();
      on.closed(code);
    });
  });
};

/** Whether the library is the one whose inside is known. */
export const isSupportedVersion = (found: string = version): boolean => found === SUPPORTED_VERSION;

/**
 * @param outbox of the thread
 * @param failed hears of a packet that could not be sent after all
 */
export const createVoiceTransport = (
  connection: VoiceConnection,
  outbox: Outbox,
  failed: (error: unknown) => void,
  known: boolean = isSupportedVersion(),
): VoiceTransport => (known ? createDirectTransport(connection, outbox, failed) : createPublicTransport(connection));

/** Without knowing the inside: the library's own packets, on its own encryption. */
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

const createDirectTransport = (
  connection: VoiceConnection,
  outbox: Outbox,
  failed: (error: unknown) => void,
): VoiceTransport => {
  let udp: UdpConnection | undefined;
  let connected = false;
  let keepAliveEcho: number | undefined;
  let lastVoice: number | undefined;
  /** As it was found at the last look; whatever could change it makes it undefined. */
  let target: PacketTarget | undefined;
  let networking: Networking | undefined;
  let socket: VoiceSocket | undefined;

  const invalidate = () => {
    target = undefined;
    const current = networkingOf(connection);
    if (current !== networking) {
      networking = current;
      networking?.on("stateChange", invalidate);
    }
    const found = networking?.state.ws;
    if (found === socket) return;
    socket = found;
    // After the library's own listeners: what a message has changed, it has changed by then.
    socket?.on("packet", invalidate);
    socket?.on("binary", invalidate);
  };
  connection.on("stateChange", invalidate);
  invalidate();

  const adoptUdp = (found: UdpConnection) => {
    udp = found;
    connected = false;
    keepAliveEcho = undefined;
    lastVoice = undefined;
    found.on("message", (message) => {
      if (message.length === KEEP_ALIVE_BYTES) keepAliveEcho = performance.now();
      else if (message.length > RTP_HEADER_BYTES && message[1] === RTP_PAYLOAD_TYPE) lastVoice = performance.now();
    });
    const { socket, remote } = found;
    // A connected socket is 1.7 times as fast; the library's own keep-alive must then name no address either.
    found.send = (buffer) => (connected ? socket.send(buffer) : socket.send(buffer, remote.port, remote.ip));
    socket.once("connect", () => {
      connected = true;
    });
  };

  const connect = ({ socket, remote }: UdpConnection) => {
    try {
      socket.connect(remote.port, remote.ip);
    } catch {
      // Already connected, or closed meanwhile: either way the sends above know what to do.
    }
  };

  const readyState = () => {
    const state = networkingOf(connection)?.state;
    if (state?.udp !== undefined && state.udp !== udp) adoptUdp(state.udp);
    return state?.code === STATUS_READY && state.connectionData !== undefined && udp !== undefined ? state : undefined;
  };

  /** The way, where there is one; silence may go it before keys are there. */
  const findTarget = (): PacketTarget | undefined => {
    const state = readyState();
    // While a socket is being connected, what it is given waits: not for what is sealed in shared memory.
    if (state?.connectionData === undefined || udp === undefined || !connected) return undefined;
    const { connectionData: rtp, dave } = state;
    const encrypts = dave !== undefined && dave.protocolVersion !== 0 && dave.session?.ready === true;
    return { rtp, socket: udp.socket, dave: encrypts ? dave.session : undefined, failed };
  };

  const socketActivity = () => {
    const found = networkingOf(connection)?.state.ws;
    return found && activityOf.get(found);
  };

  const state = () => {
    target = undefined;
    const found = readyState();
    if (found === undefined)
      return networkingOf(connection)?.state.code === STATUS_RESUMING ? "resuming" : "connecting";
    if (!connected && udp !== undefined) {
      // What is sent while a socket is being connected is lost.
      connect(udp);
      return "connecting";
    }
    const { dave } = found;
    if (dave !== undefined && dave.protocolVersion !== 0 && dave.session?.ready !== true)
      return isAlone(found) ? "alone" : "encrypting";
    target = findTarget();
    return "ready";
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
    dropGatewaySocket: () => networkingOf(connection)?.state.ws?.ws.terminate(),
    lastKeepAliveEcho: () => (readyState() === undefined ? undefined : keepAliveEcho),
    lastVoicePacket: () => lastVoice,
    retryIpDiscovery() {
      const state = networkingOf(connection)?.state;
      if (state?.code !== STATUS_UDP_HANDSHAKING || state.udp === undefined || state.connectionData === undefined)
        return;
      const question = Buffer.alloc(74);
      question.writeUInt16BE(1, 0);
      question.writeUInt16BE(70, 2);
      question.writeUInt32BE(state.connectionData.ssrc, 4);
      state.udp.send(question);
    },
  };
};
