import { FRAME_SAMPLES } from "../shared/opus.ts";

/** What one packet says about the stream that it belongs to. */
export interface ContinuityReport {
  /** Packets that are missing before this one; −1 when this one had been counted as lost and came late. */
  readonly lost: number;
  readonly reordered: boolean;
  readonly violation: string | undefined;
}

/** Nonces that are remembered: more than could be on their way at once. */
const MAX_NONCES = 4_096;

/** Watches one RTP stream: numbers in order, timestamps that follow them, no nonce twice. */
export const createContinuityCheck = () => {
  const nonces = new Set<number>();
  let last: { sequence: number; timestamp: number } | undefined;

  return (packet: { sequence: number; timestamp: number; nonce: number }): ContinuityReport => {
    const repeated = nonces.has(packet.nonce);
    nonces.add(packet.nonce);
    const [oldest] = nonces;
    if (nonces.size > MAX_NONCES && oldest !== undefined) nonces.delete(oldest);
    const violation = repeated ? `RTP: nonce ${packet.nonce} was used twice` : undefined;
    if (last === undefined) {
      last = packet;
      return { lost: 0, reordered: false, violation };
    }
    const ahead = (packet.sequence - last.sequence) & 0xffff;
    if (ahead === 0 || ahead >= 0x8000) return { lost: ahead === 0 ? 0 : -1, reordered: true, violation };
    const expected = (last.timestamp + ahead * FRAME_SAMPLES) % 2 ** 32;
    // The library starts again from 0 where a timestamp would not fit any more.
    const jumped = packet.timestamp !== expected && packet.timestamp >= FRAME_SAMPLES * ahead;
    const from = last.timestamp;
    last = packet;
    return {
      lost: ahead - 1,
      reordered: false,
      violation:
        violation ??
        (jumped ? `RTP: timestamp went from ${from} to ${packet.timestamp} in ${ahead} packets` : undefined),
    };
  };
};
