import type { Socket } from "node:dgram";
import { type VoiceConnection, version } from "@discordjs/voice";
import type { RtpSession } from "./seal.ts";

// What Lull knows of the inside of @discordjs/voice. The handshake (gateway, IP discovery, DAVE) is
// the library's; the packets are ours, because its own path makes a key object of the raw key for
// each packet and crashes on XChaCha20 with sodium-native. The shapes are those of one version;
// with any other, only the library's public calls are used.

/** The version of @discordjs/voice that these shapes describe. */
const SUPPORTED_VERSION = "0.19.2";

/** Whether the library is the version whose inside is known. */
export const isSupportedVersion = (found: string = version): boolean => found === SUPPORTED_VERSION;

/** NetworkingStatusCode of the library. */
export const NETWORKING_STATUS = { udpHandshaking: 2, ready: 4, resuming: 5 } as const;

/** The library's end-to-end encryption (DAVE) of one voice session. */
interface DaveState {
  readonly protocolVersion: number;
  readonly session?: { readonly ready: boolean; encryptOpus(packet: Uint8Array): Buffer };
}

interface ConnectionData extends RtpSession {
  readonly connectedClients: ReadonlySet<string>;
}

/** The library's state machine of one voice session. */
export interface Networking {
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
export interface VoiceSocket {
  readonly ws: { terminate(): void };
  emit(event: string, ...details: readonly unknown[]): boolean;
  on(event: "packet" | "binary", run: () => void): unknown;
  onMessage(event: unknown): void;
}

/** The library's UDP socket, and the address of the voice server. */
export interface UdpConnection {
  readonly socket: Socket;
  readonly remote: { readonly ip: string; readonly port: number };
  send(buffer: Buffer): void;
  on(event: "message", run: (message: Buffer) => void): unknown;
}

/** The voice session of a connection; undefined before it has one. */
export const networkingOf = (connection: VoiceConnection): Networking | undefined =>
  (connection.state as { networking?: Networking }).networking;
