import type { Arrival } from "./sink.ts";
import { quantile } from "./statistics.ts";

/** What a run sounded like to the receiver. */
export interface ArrivalStats {
  /** Streams that sent anything. */
  readonly streams: number;
  /** Packets per second of the slowest and the fastest stream. */
  readonly slowest: number;
  readonly fastest: number;
  /** Milliseconds behind the stream's own 20 ms grid, laid through its earliest packet. */
  readonly latenessP50: number;
  readonly latenessP99: number;
  readonly latenessMax: number;
  /** Pairs of consecutive packets more than 40 ms apart, and less than 5 ms. */
  readonly gaps: number;
  readonly bursts: number;
  /** Sequence numbers that never arrived. */
  readonly missing: number;
}

const FRAME = 20;
const GAP = 40;
const BURST = 5;

export const analyseArrivals = (arrivals: readonly Arrival[]): ArrivalStats => {
  const streams = new Map<number, Arrival[]>();
  for (const arrival of arrivals) {
    const stream = streams.get(arrival.ssrc);
    if (stream === undefined) streams.set(arrival.ssrc, [arrival]);
    else stream.push(arrival);
  }
  const rates: number[] = [];
  const late: number[] = [];
  let [gaps, bursts, missing] = [0, 0, 0];
  for (const stream of streams.values()) {
    const first = stream[0]!;
    const times = stream.map(({ at }) => Number(at - first.at) / 1e6);
    const places = stream.map(({ sequence }) => (sequence - first.sequence + 0x10000) & 0xffff);
    const offsets = times.map((time, index) => time - FRAME * places[index]!);
    const earliest = offsets.reduce((least, offset) => Math.min(least, offset), 0);
    for (const offset of offsets) late.push(offset - earliest);
    for (let i = 1; i < times.length; i++) {
      const apart = times[i]! - times[i - 1]!;
      if (apart > GAP) gaps += 1;
      if (apart < BURST) bursts += 1;
    }
    missing += Math.max(0, places.at(-1)! + 1 - stream.length);
    rates.push(((stream.length - 1) / times.at(-1)!) * 1_000);
  }
  return {
    streams: streams.size,
    slowest: Math.min(...rates),
    fastest: Math.max(...rates),
    latenessP50: quantile(late, 0.5),
    latenessP99: quantile(late, 0.99),
    latenessMax: quantile(late, 1),
    gaps,
    bursts,
    missing,
  };
};

/** Why the figures of a run don't count; undefined when they do. */
export const invalidReason = ({ streams, slowest, fastest }: ArrivalStats, expected: number): string | undefined => {
  if (streams < expected) return `${expected - streams} of ${expected} streams were not heard`;
  if (!(slowest >= 49.5 && fastest <= 50.5)) return `${slowest.toFixed(2)} to ${fastest.toFixed(2)} packets a second`;
  return undefined;
};
