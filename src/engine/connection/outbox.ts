import type { Socket } from "node:dgram";
import { FRAME_SAMPLES, type Packet, SILENCE_PACKET } from "../../audio/format.ts";
import type { RtpSession, Seal } from "./seal.ts";

/** Where the packets of one voice session go while nothing changes. */
export interface PacketTarget {
  readonly rtp: RtpSession;
  readonly socket: Socket;
  /** What encrypts end to end, where that is asked for. */
  readonly dave: { encryptOpus(packet: Uint8Array): Uint8Array } | undefined;
  /** Hears of an error on the way; it hinders nobody else's packets. */
  failed(error: unknown): void;
}

/**
 * Takes the packets of a tick and sends them a batch at a time: all encrypted, then all sealed, then all sent. Encryption, native calls
 * and the kernel's network code each take more than a core's nearest memory; one after the other for each packet, they would drive each
 * other out of it every time (`npm run bench`).
 */
export interface Outbox {
  /** The packet is sent with the next flush, or before it; at most one for each way. */
  send(way: PacketTarget, packet: Packet): void;
  flush(): void;
}

/** Small enough for a batch to stay in the nearest memory, too. */
export const BATCH_SIZE = 32;

const isSilence = (packet: Packet) =>
  packet.length === SILENCE_PACKET.length && packet[0] === 0xf8 && packet[1] === 0xff;

/** @param seal with room for a batch */
export const createOutbox = (seal: Seal): Outbox => {
  const targets: (PacketTarget | undefined)[] = new Array(BATCH_SIZE).fill(undefined);
  const packets: Uint8Array[] = new Array(BATCH_SIZE).fill(SILENCE_PACKET);
  let count = 0;

  /** What fails in one step takes no part in the next ones. */
  const each = (step: (target: PacketTarget, index: number) => void) => {
    for (let index = 0; index < count; index++) {
      const target = targets[index];
      if (target === undefined) continue;
      try {
        step(target, index);
      } catch (error) {
        targets[index] = undefined;
        target.failed(error);
      }
    }
  };

  const encrypt = ({ dave }: PacketTarget, index: number) => {
    const packet = packets[index] as Packet;
    if (dave !== undefined && !isSilence(packet)) packets[index] = dave.encryptOpus(packet);
  };
  const sealRtp = ({ rtp }: PacketTarget, index: number) => {
    packets[index] = seal.seal(packets[index] as Uint8Array, rtp, index);
    rtp.sequence = (rtp.sequence + 1) & 0xffff;
    rtp.timestamp = (rtp.timestamp + FRAME_SAMPLES) >>> 0;
  };
  const send = ({ socket }: PacketTarget, index: number) => {
    socket.send(packets[index] as Uint8Array);
    if (socket.getSendQueueCount() > 0) seal.keep(index);
  };

  const flush = () => {
    if (count === 0) return;
    each(encrypt);
    each(sealRtp);
    each(send);
    targets.fill(undefined);
    packets.fill(SILENCE_PACKET);
    count = 0;
  };

  return {
    send(target, packet) {
      targets[count] = target;
      packets[count] = packet;
      count += 1;
      if (count === BATCH_SIZE) flush();
    },
    flush,
  };
};
