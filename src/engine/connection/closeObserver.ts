import type { VoiceConnection } from "@discordjs/voice";
import {
  isSupportedVersion,
  NETWORKING_STATUS,
  type Networking,
  networkingOf,
  type VoiceSocket,
} from "./discordjsVoiceInternals.ts";

/** VoiceOpcodes. */
const READY_OPCODE = 2;
const HELLO_OPCODE = 8;
/**
 * Costs a sixth of what AES-GCM costs through Node's cipher objects (`npm run bench`); Discord
 * offers it everywhere.
 */
const PREFERRED_MODE = "aead_xchacha20_poly1305_rtpsize";

/** Hears of what happens to a library connection. */
export interface CloseObserver {
  /** The library is about to react to a close: what it asks of Discord now is not ours. */
  closing(): void;
  /** The voice gateway has closed the session with this code. */
  closed(code: number): void;
  /** The session is unusable, though nobody has closed it. */
  broken(why: string): void;
}

/** Stands for every reason that the library's public calls do not tell. */
const SESSION_NO_LONGER_VALID = 4006;

/** What a voice socket has received. Times are on the monotonic clock, in milliseconds. */
export interface SocketActivity {
  lastMessage: number;
  heartbeatInterval: number | undefined;
}
const activities = new WeakMap<object, SocketActivity>();

/** What the socket has received; undefined for one that is not monitored. */
export const activityOf = (socket: object): SocketActivity | undefined => activities.get(socket);

const heartbeatIntervalIn = (packet: unknown): number | undefined => {
  const { op, d } = packet as { readonly op: number; readonly d?: { readonly heartbeat_interval?: number } };
  return op === HELLO_OPCODE ? d?.heartbeat_interval : undefined;
};

/** The library takes the first mode it knows of those that the voice server offers. */
const preferMode = (packet: unknown) => {
  const { op, d } = packet as { readonly op: number; readonly d?: { modes?: string[] } };
  if (op !== READY_OPCODE || !d?.modes?.includes(PREFERRED_MODE)) return;
  d.modes = [PREFERRED_MODE, ...d.modes.filter((mode) => mode !== PREFERRED_MODE)];
};

/**
 * An exception in one of the library's handlers would otherwise be uncaught: it means that this
 * session, and only this one, has to be replaced. Key messages that come while the library resumes
 * are dropped by it, and with them the keys.
 */
const monitorSocket = (networking: Networking, socket: VoiceSocket, on: CloseObserver) => {
  if (activities.has(socket)) return;
  const heard: SocketActivity = { lastMessage: performance.now(), heartbeatInterval: undefined };
  activities.set(socket, heard);
  const emit = socket.emit.bind(socket);
  socket.emit = (event, ...details) => {
    heard.lastMessage = performance.now();
    if (event === "binary" && networking.state.code === NETWORKING_STATUS.resuming)
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

/**
 * Reports each close of the voice gateway before the library reacts to it.
 * @param known whether the library's inside is the one that is known
 */
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
