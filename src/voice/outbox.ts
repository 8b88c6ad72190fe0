import type { Socket } from "node:dgram";
import { FRAME_SAMPLES, type Packet, SILENCE_PACKET } from "../audio/format.ts";
import type { Seal, Sealing } from "./seal.ts";

/** Where the packets of one voice session go while nothing changes. */
export interface Way {
  readonly data: Sealing;
  readonly socket: Socket;
  /** What encrypts end to end, where that is asked for. */
  readonly session: { encryptOpus(packet: Uint8Array): Uint8Array } | undefined;
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
  put(way: Way, packet: Packet): void;
  flush(): void;
}

/** Small enough for a batch to stay in the nearest memory, too. */
export const BATCH = 32;

const isSilence = (packet: Packet) =>
  packet.length === SILENCE_PACKET.length && packet[0] === 0xf8 && packet[1] === 0xff;

/** @param seal with room for a batch */
export const createOutbox = (seal: Seal): Outbox => {
  const ways: (Way | undefined)[] = new Array(BATCH).fill(undefined);
  const packets: Uint8Array[] = new Array(BATCH).fill(SILENCE_PACKET);
  let count = 0;

  /** What fails in one step takes no part in the next ones. */
  const each = (step: (way: Way, index: number) => void) => {
    for (let index = 0; index < count; index++) {
      const way = ways[index];
      if (way === undefined) continue;
      try {
        step(way, index);
      } catch (error) {
        ways[index] = undefined;
        way.failed(error);
      }
    }
  };

  const encrypt = ({ session }: Way, index: number) => {
    const packet = packets[index] as Packet;
    if (session !== undefined && !isSilence(packet)) packets[index] = session.encryptOpus(packet);
  };
  const close = ({ data }: Way, index: number) => {
    packets[index] = seal.packet(packets[index] as Uint8Array, data, index);
    data.sequence = (data.sequence + 1) & 0xffff;
    data.timestamp = (data.timestamp + FRAME_SAMPLES) >>> 0;
  };
  const send = ({ socket }: Way, index: number) => {
    socket.send(packets[index] as Uint8Array);
    if (socket.getSendQueueCount() > 0) seal.keep(index);
  };

  const flush = () => {
    if (count === 0) return;
    each(encrypt);
    each(close);
    each(send);
    ways.fill(undefined);
    packets.fill(SILENCE_PACKET);
    count = 0;
  };

  return {
    put(way, packet) {
      ways[count] = way;
      packets[count] = packet;
      count += 1;
      if (count === BATCH) flush();
    },
    flush,
  };
};
