import { createCipheriv, createDecipheriv } from "node:crypto";
import sodium from "sodium-native";
import type { VoiceConnectionReport } from "./types.ts";

/** A transport encryption that Discord offers. */
export type EncryptionMode = VoiceConnectionReport["mode"];

/** An RTP packet as Discord's `…_rtpsize` modes seal it: header in the clear, then the sealed frame, then four bytes of nonce. */
export interface EncryptedPacket {
  readonly ssrc: number;
  readonly sequence: number;
  readonly timestamp: number;
  /** Authenticated, not encrypted; with the first word of the header extension where there is one (RFC 3550, 5.3.1). */
  readonly header: Buffer;
  readonly sealed: Buffer;
  readonly nonce: Buffer;
  /** Bytes of header extension at the beginning of what was sealed. */
  readonly extension: number;
}

const OPUS = 120;
const TAG = 16;
const NONCE = 4;

/** @returns undefined when it is not RTP that carries Opus */
export const parseRtp = (datagram: Buffer): EncryptedPacket | undefined => {
  const [flags = 0, type = 0] = datagram;
  if (datagram.length < 12 + TAG + NONCE || flags >> 6 !== 2 || (type & 0x7f) !== OPUS) return undefined;
  const extended = (flags & 0x10) !== 0;
  const length = 12 + 4 * (flags & 0x0f) + (extended ? 4 : 0);
  if (datagram.length < length + TAG + NONCE) return undefined;
  return {
    sequence: datagram.readUInt16BE(2),
    timestamp: datagram.readUInt32BE(4),
    ssrc: datagram.readUInt32BE(8),
    header: datagram.subarray(0, length),
    sealed: datagram.subarray(length, -NONCE),
    nonce: datagram.subarray(-NONCE),
    extension: extended ? 4 * datagram.readUInt16BE(length - 2) : 0,
  };
};

const decryptAes = (key: Buffer, { header, sealed, nonce }: EncryptedPacket): Buffer => {
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.concat([nonce], 12));
  decipher.setAAD(header);
  decipher.setAuthTag(sealed.subarray(-TAG));
  return Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()]);
};

const decryptXChaCha = (key: Buffer, { header, sealed, nonce }: EncryptedPacket): Buffer => {
  const frame = Buffer.alloc(sealed.length - TAG);
  sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(frame, null, sealed, header, Buffer.concat([nonce], 24), key);
  return frame;
};

/** The frame in the packet, or undefined when the key does not open it. */
export const decryptPacket = (mode: EncryptionMode, key: Buffer, packet: EncryptedPacket): Buffer | undefined => {
  try {
    const open = mode === "aead_aes256_gcm_rtpsize" ? decryptAes : decryptXChaCha;
    return open(key, packet).subarray(packet.extension);
  } catch {
    return undefined;
  }
};

const headerOf = (ssrc: number, sequence: number, timestamp: number): Buffer => {
  const header = Buffer.alloc(12);
  header[0] = 0x80;
  header[1] = OPUS;
  header.writeUInt16BE(sequence, 2);
  header.writeUInt32BE(timestamp, 4);
  header.writeUInt32BE(ssrc, 8);
  return header;
};

/** A frame as another member's client sends it. */
export interface SpokenFrame {
  readonly ssrc: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly frame: Uint8Array;
}

/** @param nonce a number that is used once with the key */
export const encryptPacket = (mode: EncryptionMode, key: Buffer, nonce: number, said: SpokenFrame): Buffer => {
  const header = headerOf(said.ssrc, said.sequence, said.timestamp);
  const short = Buffer.alloc(NONCE);
  short.writeUInt32BE(nonce);
  if (mode === "aead_aes256_gcm_rtpsize") {
    const cipher = createCipheriv("aes-256-gcm", key, Buffer.concat([short], 12));
    cipher.setAAD(header);
    return Buffer.concat([header, cipher.update(said.frame), cipher.final(), cipher.getAuthTag(), short]);
  }
  const sealed = Buffer.alloc(said.frame.length + TAG);
  const frame = Buffer.from(said.frame);
  sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(sealed, frame, header, null, Buffer.concat([short], 24), key);
  return Buffer.concat([header, sealed, short]);
};
