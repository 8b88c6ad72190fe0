import { KEYFRAME_INTERVAL, type Packet } from "../../audio/format.ts";
import type { Frames } from "../../kernel/units.ts";

/** The packets of one second of a mix; undefined where none has been encoded yet. */
export type PacketSecond = (Packet | undefined)[];

/**
 * Encoded seconds of many mixes within one limit of bytes; the second that was heard longest ago
 * goes first.
 */
export interface PacketCache {
  /**
   * Marks the second as heard now, and makes room.
   * @param dropped is called when the second is dropped
   */
  touch(second: PacketSecond, dropped: () => void): void;
  has(second: PacketSecond): boolean;
  store(second: PacketSecond, index: Frames, packet: Packet): void;
  drop(second: PacketSecond): void;
  /** Bytes of packets in memory. */
  bytes(): number;
}

/** @returns an empty second */
export const createPacketSecond = (): PacketSecond => new Array<Packet | undefined>(KEYFRAME_INTERVAL).fill(undefined);

/** @param maxBytes of packets */
export const createPacketCache = (maxBytes: number): PacketCache => {
  /** What to do when a second is dropped. The one heard last comes last. */
  const seconds = new Map<PacketSecond, () => void>();
  let bytes = 0;

  const drop = (second: PacketSecond) => {
    seconds.get(second)?.();
    seconds.delete(second);
    for (const packet of second) bytes -= packet?.length ?? 0;
  };

  return {
    touch(second, dropped) {
      seconds.delete(second);
      seconds.set(second, dropped);
      if (bytes <= maxBytes) return;
      const [oldest] = seconds.keys();
      if (oldest !== undefined && oldest !== second) drop(oldest);
    },
    has: (second) => seconds.has(second),
    store(second, index, packet) {
      second[index] = packet;
      bytes += packet.length;
    },
    drop,
    bytes: () => bytes,
  };
};
