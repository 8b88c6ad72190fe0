import type { Socket } from "node:dgram";
import { FRAME_SAMPLES, type Packet, SILENCE_PACKET } from "../../audio/format.ts";
import type { RtpSession, Seal } from "./seal.ts";

/** The destination of one voice session's packets; valid until the session changes. */
export interface PacketTarget {
  readonly rtp: RtpSession;
  readonly socket: Socket;
  /** The end-to-end encryption (DAVE), where the session has one. */
  readonly dave: { encryptOpus(packet: Uint8Array): Uint8Array } | undefined;
  /** Is told of an error, which does not affect other sessions' packets. */
  failed(error: unknown): void;
}

/**
 * Collects the packets of a tick and sends them in batches: all encrypted, then all sealed, then
 * all sent. End-to-end encryption, transport encryption and the kernel's network code each fill a
 * core's L1 cache; alternating between them for each packet would evict it every time (`npm run
 * bench`).
 */
export interface Outbox {
  /** Sends the packet with the next flush or before; at most one per target. */
  send(target: PacketTarget, packet: Packet): void;
  /** Sends what has been collected; it is the end of a tick. */
  flush(): void;
}

/** Packets per batch, few enough for the batch itself to stay in the L1 cache. */
export const BATCH_SIZE = 32;

const isSilence = (packet: Packet) =>
  packet.length === SILENCE_PACKET.length && packet[0] === 0xf8 && packet[1] === 0xff;

/**
 * @param seal with a slot for each packet of a batch
 * @param maySend asked before the first packet of each tick; where it says no, the tick's packets are dropped
 */
export const createOutbox = (seal: Seal, maySend: () => boolean = () => true): Outbox => {
  const targets: (PacketTarget | undefined)[] = new Array(BATCH_SIZE).fill(undefined);
  const packets: Uint8Array[] = new Array(BATCH_SIZE).fill(SILENCE_PACKET);
  let count = 0;
  /** What was said for this tick. */
  let isAllowed: boolean | undefined;

  /** A packet that fails in one step is left out of the next ones. */
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

  const sendBatch = () => {
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
      isAllowed ??= maySend();
      if (!isAllowed) return;
      targets[count] = target;
      packets[count] = packet;
      count += 1;
      if (count === BATCH_SIZE) sendBatch();
    },
    flush() {
      sendBatch();
      isAllowed = undefined;
    },
  };
};
