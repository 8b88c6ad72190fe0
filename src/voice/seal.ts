import { createCipheriv, createSecretKey, type KeyObject } from "node:crypto";
import sodium from "sodium-native";

export const RTP_HEADER = 12;
export const RTP_PAYLOAD = 0x78;
const TAG = 16;
const COUNTER = 4;
/** The longest Opus frame (RFC 6716, section 3.2.1), with what end-to-end encryption adds. */
const LONGEST = RTP_HEADER + 1_275 + 64 + TAG + COUNTER;

/** What one voice session has agreed upon with its host, and where it is in its stream. */
export interface Sealing {
  readonly ssrc: number;
  readonly encryptionMode: string;
  readonly secretKey: Uint8Array;
  sequence: number;
  timestamp: number;
  nonce: number;
}

/** RTP packets in Discord's transport encryptions, "aead_aes256_gcm_rtpsize" and "aead_xchacha20_poly1305_rtpsize". */
export interface Seal {
  /** Counts the nonce on. The packet is overwritten by the next one, of whatever session, unless it is kept. */
  packet(opus: Uint8Array, session: Sealing): Buffer;
  /** Leaves the last packet alone: it has not been sent yet. */
  keep(): void;
}

/** One for all streams of a thread: the memory in which it works is then always at hand. */
export const createSeal = (): Seal => {
  const keys = new WeakMap<Uint8Array, KeyObject>();
  const nonce12 = Buffer.alloc(12);
  const nonce24 = Buffer.alloc(24);
  let room = Buffer.allocUnsafeSlow(LONGEST);
  let header = room.subarray(0, RTP_HEADER);
  /** Views of the room by the frame's length: what lies between header and nonce, and the whole packet. */
  let sealed: Buffer[] = [];
  let whole: Buffer[] = [];

  const view = (views: Buffer[], length: number, from: number, to: number): Buffer => {
    const known = views[length];
    if (known !== undefined) return known;
    const made = room.subarray(from, to);
    views[length] = made;
    return made;
  };

  const move = (bytes: number) => {
    room = Buffer.allocUnsafeSlow(bytes);
    header = room.subarray(0, RTP_HEADER);
    sealed = [];
    whole = [];
  };

  const keyOf = (secret: Uint8Array): KeyObject => {
    const known = keys.get(secret);
    if (known !== undefined) return known;
    const key = createSecretKey(secret);
    keys.set(secret, key);
    return key;
  };

  return {
    keep() {
      move(LONGEST);
    },
    packet(opus, session) {
      const tagAt = RTP_HEADER + opus.length;
      const end = tagAt + TAG;
      if (end + COUNTER > room.length) move(end + COUNTER);
      room[0] = 0x80;
      room[1] = RTP_PAYLOAD;
      room.writeUInt16BE(session.sequence, 2);
      room.writeUInt32BE(session.timestamp, 4);
      room.writeUInt32BE(session.ssrc, 8);
      session.nonce = (session.nonce + 1) >>> 0;
      room.writeUInt32BE(session.nonce, end);
      if (session.encryptionMode === "aead_aes256_gcm_rtpsize") {
        nonce12.writeUInt32BE(session.nonce, 0);
        const cipher = createCipheriv("aes-256-gcm", keyOf(session.secretKey), nonce12);
        cipher.setAAD(header);
        cipher.update(opus).copy(room, RTP_HEADER);
        cipher.final();
        cipher.getAuthTag().copy(room, tagAt);
      } else {
        nonce24.writeUInt32BE(session.nonce, 0);
        sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
          view(sealed, opus.length, RTP_HEADER, end),
          opus as Buffer,
          header,
          null,
          nonce24,
          session.secretKey as Buffer,
        );
      }
      return view(whole, opus.length, 0, end + COUNTER);
    },
  };
};
