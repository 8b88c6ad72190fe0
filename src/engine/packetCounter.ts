import { FRAME_MILLIS, type Millis } from "../kernel/units.ts";
import type { PacketCounts } from "../ports/telemetry.ts";

/** Ticks whose lateness is kept between two `take`s; at twice the rate, ten seconds of them. */
const MAX_TICKS = 1_000;

/** Counts the packets of an engine. Nothing here allocates or waits while sound is sent. */
export interface PacketCounter {
  /** A voice connection was given a packet. @param taken whether it took it */
  sent(taken: boolean): void;
  /**
   * All packets of a tick have been sent.
   * @param lateness how far behind the 20 ms grid
   * @param missed ticks before it that were dropped
   */
  tickEnded(lateness: Millis, missed: number): void;
  /** What has been counted since the last call; undefined where nothing has. */
  take(): PacketCounts | undefined;
}

/** Creates a counter that starts at nothing. */
export const createPacketCounter = (): PacketCounter => {
  const lateness = new Float64Array(MAX_TICKS);
  let ticks = 0;
  let inTick = 0;
  let [sent, late, dropped] = [0, 0, 0];
  return {
    sent(taken) {
      if (taken) inTick += 1;
      else dropped += 1;
    },
    tickEnded(behind, missed) {
      if (inTick === 0) return;
      sent += inTick;
      if (behind > FRAME_MILLIS) late += inTick;
      // Each stream that plays now would have had a packet in each of them.
      dropped += missed * inTick;
      inTick = 0;
      if (ticks < MAX_TICKS) lateness[ticks++] = Math.max(0, behind);
    },
    take() {
      if (ticks === 0 && dropped === 0) return undefined;
      const counts = { sent, late, dropped, lateness: [...lateness.subarray(0, ticks)] };
      [ticks, sent, late, dropped] = [0, 0, 0, 0];
      return counts;
    },
  };
};
