import { createCipheriv, createSecretKey, type KeyObject } from "node:crypto";
import type { Socket } from "node:dgram";
import { type VoiceConnection, version } from "@discordjs/voice";
import sodium from "sodium-native";
import { FRAME_SAMPLES, type Packet, SILENCE_PACKET } from "../audio/format.ts";

/**
 * All that reaches into @discordjs/voice. Its handshake (gateway, discovery, DAVE) is the library's; the packets are ours, because its own
 * path makes a key object of the raw key for each packet and crashes on XChaCha20 with sodium-native. The shapes below are those of the
 * version named here; with any other the library's public calls are used instead.
 */
const KNOWN_VERSION = "0.19.2";

/** NetworkingStatusCode of the library. */
const UDP_HANDSHAKING = 2;
const READY = 4;

const HEADER = 12;
const TAG = 16;
const COUNTER = 4;
const PAYLOAD_TYPE = 0x78;

interface Dave {
  readonly protocolVersion: number;
  readonly session?: { readonly ready: boolean; encryptOpus(packet: Buffer): Buffer };
}

interface ConnectionData {
  readonly ssrc: number;
  readonly encryptionMode: string;
  readonly secretKey: Uint8Array;
  readonly connectedClients: ReadonlySet<string>;
  sequence: number;
  timestamp: number;
  nonce: number;
}

interface Networking {
  readonly state: {
    readonly code: number;
    readonly udp?: Udp;
    readonly dave?: Dave;
    readonly connectionData?: ConnectionData;
  };
  once(event: "close", run: (code: number) => void): unknown;
  prependOnceListener(event: "close", run: (code: number) => void): unknown;
}

interface Udp {
  readonly socket: Socket;
  readonly remote: { readonly ip: string; readonly port: number };
  send(buffer: Buffer): void;
  on(event: "message", run: () => void): unknown;
}

/** The way out for packets, for as long as one voice session lasts. */
export interface Link {
  /** Whether what is sent now can be heard: the session is up, and its end-to-end encryption where there is one. */
  state(): "ready" | "connecting" | "encrypting";
  /** Sends one Opus frame. @returns false when the connection could not take it */
  send(packet: Packet): boolean;
  setSpeaking(on: boolean): void;
  /** When a UDP message came in last, on the monotonic clock: the server echoes keep-alives every five seconds. */
  lastEcho(): number | undefined;
  /** Asks for the own address again while the first question is unanswered. */
  askAddressAgain(): void;
}

const networkingOf = (connection: VoiceConnection): Networking | undefined =>
  (connection.state as { networking?: Networking }).networking;

/** Calls back with each close code of the voice gateway, before the library reacts to it. */
export const onVoiceClose = (connection: VoiceConnection, closed: (code: number) => void): void => {
  let seen: Networking | undefined;
  connection.on("stateChange", () => {
    const networking = networkingOf(connection);
    if (networking === undefined || networking === seen) return;
    seen = networking;
    networking.prependOnceListener("close", closed);
  });
};

/** Whether the library is the one whose inside is known. */
export const isKnownLibrary = (found: string = version): boolean => found === KNOWN_VERSION;

export const linkOf = (connection: VoiceConnection): Link =>
  isKnownLibrary() ? directLink(connection) : publicLink(connection);

/** Without knowing the inside: the library's own packets, on its own encryption. */
const publicLink = (connection: VoiceConnection): Link => ({
  state: () => (connection.state.status === "ready" ? "ready" : "connecting"),
  send: (packet) => connection.playOpusPacket(Buffer.from(packet)) === true,
  setSpeaking: (on) => void connection.setSpeaking(on),
  lastEcho: () => undefined,
  askAddressAgain() {},
});

const isSilence = (packet: Packet) =>
  packet.length === SILENCE_PACKET.length && packet[0] === 0xf8 && packet[1] === 0xff;

const directLink = (connection: VoiceConnection): Link => {
  let udp: Udp | undefined;
  let connected = false;
  let echo: number | undefined;
  let keyOf: Uint8Array | undefined;
  let key: KeyObject | undefined;
  const nonce12 = Buffer.alloc(12);
  const nonce24 = Buffer.alloc(24);

  const adopt = (found: Udp) => {
    udp = found;
    connected = false;
    echo = performance.now();
    found.on("message", () => {
      echo = performance.now();
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

  const seal = (opus: Uint8Array, data: ConnectionData): Buffer => {
    const out = Buffer.allocUnsafe(HEADER + opus.length + TAG + COUNTER);
    out[0] = 0x80;
    out[1] = PAYLOAD_TYPE;
    out.writeUInt16BE(data.sequence, 2);
    out.writeUInt32BE(data.timestamp, 4);
    out.writeUInt32BE(data.ssrc, 8);
    data.nonce = (data.nonce + 1) >>> 0;
    out.writeUInt32BE(data.nonce, out.length - COUNTER);
    const header = out.subarray(0, HEADER);
    if (data.encryptionMode === "aead_aes256_gcm_rtpsize") {
      if (keyOf !== data.secretKey || key === undefined) {
        keyOf = data.secretKey;
        key = createSecretKey(data.secretKey);
      }
      nonce12.writeUInt32BE(data.nonce, 0);
      const cipher = createCipheriv("aes-256-gcm", key, nonce12);
      cipher.setAAD(header);
      cipher.update(opus).copy(out, HEADER);
      cipher.final();
      cipher.getAuthTag().copy(out, HEADER + opus.length);
    } else {
      nonce24.writeUInt32BE(data.nonce, 0);
      sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
        out.subarray(HEADER, out.length - COUNTER),
        Buffer.from(opus.buffer, opus.byteOffset, opus.length),
        header,
        null,
        nonce24,
        Buffer.from(data.secretKey.buffer, data.secretKey.byteOffset, data.secretKey.length),
      );
    }
    return out;
  };

  return {
    state() {
      const state = live();
      if (state === undefined) return "connecting";
      if (!connected && udp !== undefined) connect(udp);
      const { dave } = state;
      return dave === undefined || dave.protocolVersion === 0 || dave.session?.ready === true ? "ready" : "encrypting";
    },
    send(packet) {
      const state = live();
      if (state?.connectionData === undefined || udp === undefined) return false;
      const { connectionData: data, dave } = state;
      const opus = Buffer.from(packet.buffer, packet.byteOffset, packet.length);
      const ready = dave !== undefined && dave.protocolVersion !== 0 && dave.session?.ready === true;
      const framed = ready && !isSilence(packet) ? dave.session!.encryptOpus(opus) : opus;
      udp.send(seal(framed, data));
      data.sequence = (data.sequence + 1) & 0xffff;
      data.timestamp = (data.timestamp + FRAME_SAMPLES) >>> 0;
      return true;
    },
    setSpeaking: (on) => void connection.setSpeaking(on),
    lastEcho: () => (live() === undefined ? undefined : echo),
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
