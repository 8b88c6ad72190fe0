import type { Socket } from "node:dgram";
import { type VoiceConnection, version } from "@discordjs/voice";
import type { Packet } from "../audio/format.ts";
import type { Outbox, Way } from "./outbox.ts";
import { RTP_HEADER, RTP_PAYLOAD, type Sealing } from "./seal.ts";

/**
 * All that reaches into @discordjs/voice. Its handshake (gateway, discovery, DAVE) is the library's; the packets are ours, because its own
 * path makes a key object of the raw key for each packet and crashes on XChaCha20 with sodium-native. The shapes below are those of the
 * version named here; with any other the library's public calls are used instead.
 */
const KNOWN_VERSION = "0.19.2";

/** NetworkingStatusCode of the library. */
const UDP_HANDSHAKING = 2;
const READY = 4;
const RESUMING = 5;

/** Bytes of the library's keep-alive. */
const KEEP_ALIVE = 8;

interface Dave {
  readonly protocolVersion: number;
  readonly session?: { readonly ready: boolean; encryptOpus(packet: Uint8Array): Buffer };
}

interface ConnectionData extends Sealing {
  readonly connectedClients: ReadonlySet<string>;
}

/** VoiceOpcodes. */
const SESSION_READY = 2;
const HELLO = 8;
/** Costs a sixth of what AES-GCM costs through Node's cipher objects (`npm run bench`); Discord has it everywhere. */
const CHEAPEST = "aead_xchacha20_poly1305_rtpsize";

interface Networking {
  readonly state: {
    readonly code: number;
    readonly ws?: VoiceSocket;
    readonly udp?: Udp;
    readonly connectionOptions?: { readonly userId: string };
    readonly dave?: Dave;
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

interface Udp {
  readonly socket: Socket;
  readonly remote: { readonly ip: string; readonly port: number };
  send(buffer: Buffer): void;
  on(event: "message", run: (message: Buffer) => void): unknown;
}

/** The way out for packets, for as long as one voice session lasts. */
export interface Link {
  /** Whether what is sent now can be heard: the session is up, and its end-to-end encryption where there is one. */
  state(): "ready" | "alone" | "connecting" | "resuming" | "encrypting";
  /** Whether the state is "ready"; looks only after something has happened, for whoever asks with each packet. */
  ready(): boolean;
  /** Sends one Opus frame, at the latest when the outbox is flushed. @returns false when the connection could not take it */
  send(packet: Packet): boolean;
  setSpeaking(on: boolean): void;
  /**
   * When a keep-alive was echoed last, on the monotonic clock; undefined until one has been: some of Discord's voice hosts
   * echo them every five seconds, some never do (discordjs/discord.js#9185).
   */
  lastEcho(): number | undefined;
  /**
   * When a packet of somebody else's voice came last, on the monotonic clock. Such packets are counted by their header alone:
   * they are neither decrypted nor kept.
   */
  lastVoice(): number | undefined;
  /** When the voice gateway said anything last, on the monotonic clock. */
  lastWord(): number | undefined;
  /** How often it is asked to answer, as it wished itself, in milliseconds. */
  heartbeat(): number | undefined;
  /** Drops the socket of the voice gateway, which the library then resumes. */
  hangUp(): void;
  /** Asks for the own address again while the first question is unanswered. */
  askAddressAgain(): void;
}

const networkingOf = (connection: VoiceConnection): Networking | undefined =>
  (connection.state as { networking?: Networking }).networking;

/** What can be told of a connection from outside. */
export interface Watch {
  /** The library is about to react to a close; what it asks Discord for now is not ours. */
  closing(): void;
  /** The voice gateway has closed the session with this code. */
  closed(code: number): void;
  broken(why: string): void;
}

/** Any session that is gone for a reason that the library's public calls do not tell. */
const SESSION_GONE = 4006;

/** What each socket was heard to say. */
interface Heard {
  last: number;
  heartbeat: number | undefined;
}
const words = new WeakMap<object, Heard>();

const heartbeatOf = (packet: unknown): number | undefined => {
  const { op, d } = packet as { readonly op: number; readonly d?: { readonly heartbeat_interval?: number } };
  return op === HELLO ? d?.heartbeat_interval : undefined;
};

/** Of the encryptions that a voice host offers the library takes the first one it knows. */
const prefer = (packet: unknown) => {
  const { op, d } = packet as { readonly op: number; readonly d?: { modes?: string[] } };
  if (op !== SESSION_READY || !d?.modes?.includes(CHEAPEST)) return;
  d.modes = [CHEAPEST, ...d.modes.filter((mode) => mode !== CHEAPEST)];
};

/**
 * An exception in one of the library's handlers would end up in nobody's hands: it means that this session, and only this one,
 * has to be made anew. Key messages that come while the library resumes are dropped by it, and with them the keys.
 */
const guard = (networking: Networking, socket: VoiceSocket, on: Watch) => {
  if (words.has(socket)) return;
  const heard: Heard = { last: performance.now(), heartbeat: undefined };
  words.set(socket, heard);
  const emit = socket.emit.bind(socket);
  socket.emit = (event, ...details) => {
    heard.last = performance.now();
    if (event === "binary" && networking.state.code === RESUMING) on.broken("keys came before the session was resumed");
    try {
      if (event === "packet") {
        heard.heartbeat ??= heartbeatOf(details[0]);
        prefer(details[0]);
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
export const watch = (connection: VoiceConnection, on: Watch, known: boolean = isKnownLibrary()): void => {
  if (!known) {
    connection.on("stateChange", (before, after) => {
      if (before.status === after.status || (before.status !== "ready" && before.status !== "connecting")) return;
      if (after.status === "disconnected" && after.reason === 0) on.closed(after.closeCode);
      if (after.status !== "signalling") return;
      on.closing();
      on.closed(SESSION_GONE);
    });
    return;
  }
  let seen: Networking | undefined;
  connection.on("stateChange", () => {
    const networking = networkingOf(connection);
    if (networking === undefined || networking === seen) return;
    seen = networking;
    const guardSocket = () => networking.state.ws && guard(networking, networking.state.ws, on);
    guardSocket();
    networking.on("stateChange", guardSocket);
    networking.prependOnceListener("close", (code) => {
      on.closing();
      on.closed(code);
    });
  });
};

/** Whether the library is the one whose inside is known. */
export const isKnownLibrary = (found: string = version): boolean => found === KNOWN_VERSION;

/**
 * @param outbox of the thread
 * @param failed hears of a packet that could not be sent after all
 */
export const linkOf = (
  connection: VoiceConnection,
  outbox: Outbox,
  failed: (error: unknown) => void,
  known: boolean = isKnownLibrary(),
): Link => (known ? directLink(connection, outbox, failed) : publicLink(connection));

/** Without knowing the inside: the library's own packets, on its own encryption. */
const publicLink = (connection: VoiceConnection): Link => ({
  state: () => (connection.state.status === "ready" ? "ready" : "connecting"),
  ready: () => connection.state.status === "ready",
  send: (packet) => connection.playOpusPacket(Buffer.from(packet)) === true,
  setSpeaking: (on) => void connection.setSpeaking(on),
  lastEcho: () => undefined,
  lastVoice: () => undefined,
  lastWord: () => undefined,
  heartbeat: () => undefined,
  hangUp() {},
  askAddressAgain() {},
});

const isAlone = ({ connectionData, connectionOptions }: Networking["state"]) =>
  [...(connectionData?.connectedClients ?? [])].every((user) => user === connectionOptions?.userId);

const directLink = (connection: VoiceConnection, outbox: Outbox, failed: (error: unknown) => void): Link => {
  let udp: Udp | undefined;
  let connected = false;
  let echo: number | undefined;
  let voice: number | undefined;
  /** As it was found at the last look; whatever could change it makes it undefined. */
  let way: Way | undefined;
  let networking: Networking | undefined;
  let socket: VoiceSocket | undefined;

  const forget = () => {
    way = undefined;
    const current = networkingOf(connection);
    if (current !== networking) {
      networking = current;
      networking?.on("stateChange", forget);
    }
    const found = networking?.state.ws;
    if (found === socket) return;
    socket = found;
    // After the library's own listeners: what a message has changed, it has changed by then.
    socket?.on("packet", forget);
    socket?.on("binary", forget);
  };
  connection.on("stateChange", forget);
  forget();

  const adopt = (found: Udp) => {
    udp = found;
    connected = false;
    echo = undefined;
    voice = undefined;
    found.on("message", (message) => {
      if (message.length === KEEP_ALIVE) echo = performance.now();
      else if (message.length > RTP_HEADER && message[1] === RTP_PAYLOAD) voice = performance.now();
    });
    const { socket, remote } = found;
    // A connected socket is 1.7 times as fast; the library's own keep-alive must then name no address either.
    found.send = (buffer) => (connected ? socket.send(buffer) : socket.send(buffer, remote.port, remote.ip));
    socket.once("connect", () => {
      connected = true;
    });
  };

  const connect = ({ socket, remote }: Udp) => {
    try {
      socket.connect(remote.port, remote.ip);
    } catch {
      // Already connected, or closed meanwhile: either way the sends above know what to do.
    }
  };

  const live = () => {
    const state = networkingOf(connection)?.state;
    if (state?.udp !== undefined && state.udp !== udp) adopt(state.udp);
    return state?.code === READY && state.connectionData !== undefined && udp !== undefined ? state : undefined;
  };

  /** The way, where there is one; silence may go it before keys are there. */
  const look = (): Way | undefined => {
    const state = live();
    // While a socket is being connected, what it is given waits: not for what is sealed in shared memory.
    if (state?.connectionData === undefined || udp === undefined || !connected) return undefined;
    const { connectionData: data, dave } = state;
    const encrypts = dave !== undefined && dave.protocolVersion !== 0 && dave.session?.ready === true;
    return { data, socket: udp.socket, session: encrypts ? dave.session : undefined, failed };
  };

  const heard = () => {
    const found = networkingOf(connection)?.state.ws;
    return found && words.get(found);
  };

  const state = () => {
    way = undefined;
    const found = live();
    if (found === undefined) return networkingOf(connection)?.state.code === RESUMING ? "resuming" : "connecting";
    if (!connected && udp !== undefined) {
      // What is sent while a socket is being connected is lost.
      connect(udp);
      return "connecting";
    }
    const { dave } = found;
    if (dave !== undefined && dave.protocolVersion !== 0 && dave.session?.ready !== true)
      return isAlone(found) ? "alone" : "encrypting";
    way = look();
    return "ready";
  };

  return {
    state,
    ready: () => way !== undefined || state() === "ready",
    send(packet) {
      const found = way ?? look();
      if (found === undefined) return false;
      outbox.put(found, packet);
      return true;
    },
    setSpeaking: (on) => void connection.setSpeaking(on),
    lastWord: () => heard()?.last,
    heartbeat: () => heard()?.heartbeat,
    hangUp: () => networkingOf(connection)?.state.ws?.ws.terminate(),
    lastEcho: () => (live() === undefined ? undefined : echo),
    lastVoice: () => voice,
    askAddressAgain() {
      const state = networkingOf(connection)?.state;
      if (state?.code !== UDP_HANDSHAKING || state.udp === undefined || state.connectionData === undefined) return;
      const question = Buffer.alloc(74);
      question.writeUInt16BE(1, 0);
      question.writeUInt16BE(70, 2);
      question.writeUInt32BE(state.connectionData.ssrc, 4);
      state.udp.send(question);
    },
  };
};
