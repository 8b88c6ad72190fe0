import { createCipheriv, createSecretKey, type KeyObject } from "node:crypto";
import sodium from "sodium-native";

/**
 * Bytes of the RTP headers that Lull sends (RFC 3550, section 5.1, without contributing sources).
 */
export const RTP_HEADER_BYTES = 12;
/** The RTP payload type of Discord's Opus. */
export const RTP_PAYLOAD_TYPE = 0x78;
const TAG_BYTES = 16;
const NONCE_BYTES = 4;
/** The longest Opus frame (RFC 6716, section 3.2.1), with what end-to-end encryption adds. */
const MAX_PACKET_BYTES = RTP_HEADER_BYTES + 1_275 + 64 + TAG_BYTES + NONCE_BYTES;

/** What one voice session has negotiated with its voice server, and its counters. */
export interface RtpSession {
  readonly ssrc: number;
  readonly encryptionMode: string;
  readonly secretKey: Uint8Array;
  sequence: number;
  timestamp: number;
  nonce: number;
}

/**
 * Makes RTP packets in Discord's transport encryption modes, "aead_aes256_gcm_rtpsize" and
 * "aead_xchacha20_poly1305_rtpsize".
 */
export interface Seal {
  /**
   * Increments the nonce. The next packet in the same slot, of any session, overwrites this one
   * unless it is kept.
   */
  seal(opus: Uint8Array, session: RtpSession, slot?: number): Buffer;
  /** Keeps the slot's last packet from being overwritten: it has not been sent yet. */
  keep(slot?: number): void;
}

/** The memory in which a slot's packets are made. */
interface PacketBuffer {
  readonly bytes: Buffer;
  readonly header: Buffer;
  /**
   * Views of the bytes by the frame's length: what lies between header and nonce, and the whole
   * packet.
   */
  readonly sealedViews: Buffer[];
  readonly packetViews: Buffer[];
}

const createPacketBuffer = (length: number): PacketBuffer => {
  const bytes = Buffer.allocUnsafeSlow(length);
  return { bytes, header: bytes.subarray(0, RTP_HEADER_BYTES), sealedViews: [], packetViews: [] };
};

const cachedView = ({ bytes }: PacketBuffer, views: Buffer[], length: number, from: number, to: number): Buffer => {
  const known = views[length];
  if (known !== undefined) return known;
  const made = bytes.subarray(from, to);
  views[length] = made;
  return made;
};

/**
 * Creates a seal for all streams of a thread, so that its memory stays in the cache.
 * @param slots how many packets exist at once
 */
export const createSeal = (slots = 1): Seal => {
  const keys = new WeakMap<Uint8Array, KeyObject>();
  const nonce12 = Buffer.alloc(12);
  const nonce24 = Buffer.alloc(24);
  const buffers = Array.from({ length: slots }, () => createPacketBuffer(MAX_PACKET_BYTES));

  const bufferFor = (slot: number, length: number): PacketBuffer => {
    const buffer = buffers[slot];
    if (buffer !== undefined && length <= buffer.bytes.length) return buffer;
    const made = createPacketBuffer(Math.max(length, MAX_PACKET_BYTES));
    buffers[slot] = made;
    return made;
  };

  const keyOf = (secret: Uint8Array): KeyObject => {
    const known = keys.get(secret);
    if (known !== undefined) return known;
    const key = createSecretKey(secret);
    keys.set(secret, key);
    return key;
  };

  return {
    keep(slot = 0) {
      buffers[slot] = createPacketBuffer(MAX_PACKET_BYTES);
    },
    seal(opus, session, slot = 0) {
      const tagAt = RTP_HEADER_BYTES + opus.length;
      const end = tagAt + TAG_BYTES;
      const buffer = bufferFor(slot, end + NONCE_BYTES);
      const { bytes, header } = buffer;
      bytes[0] = 0x80;
      bytes[1] = RTP_PAYLOAD_TYPE;
      bytes.writeUInt16BE(session.sequence, 2);
      bytes.writeUInt32BE(session.timestamp, 4);
      bytes.writeUInt32BE(session.ssrc, 8);
      session.nonce = (session.nonce + 1) >>> 0;
      bytes.writeUInt32BE(session.nonce, end);
      if (session.encryptionMode === "aead_aes256_gcm_rtpsize") {
        nonce12.writeUInt32BE(session.nonce, 0);
        const cipher = createCipheriv("aes-256-gcm", keyOf(session.secretKey), nonce12);
        cipher.setAAD(header);
        cipher.update(opus).copy(bytes, RTP_HEADER_BYTES);
        cipher.final();
        cipher.getAuthTag().copy(bytes, tagAt);
      } else {
        nonce24.writeUInt32BE(session.nonce, 0);
        sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
          cachedView(buffer, buffer.sealedViews, opus.length, RTP_HEADER_BYTES, end),
          opus as Buffer,
          header,
          null,
          nonce24,
          session.secretKey as Buffer,
        );
      }
      return cachedView(buffer, buffer.packetViews, opus.length, 0, end + NONCE_BYTES);
    },
  };
};
