import { OpusDecoder } from "opus-decoder";
import type { Recording } from "../api.ts";
import type { ReceivedPacket, VoiceStatistics } from "../voice/types.ts";
import { integratedLoudness } from "./loudness.ts";
import { powerSpectrum } from "./spectrum.ts";

const FRAME = 960;
const TICK = 20;
/** Length of the jitter buffer in milliseconds: a packet that is no later than this plays in its place. */
export const JITTER_BUFFER = 100;
/** After a pause of this many milliseconds the next packet begins a new stretch, with a tick of its own. */
const PAUSE = 400;
const GAP = 40;

const isSilence = ({ opus }: ReceivedPacket) =>
  opus?.length === 3 && opus[0] === 0xf8 && opus[1] === 0xff && opus[2] === 0xfe;

const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** Frames from one packet to the next by their RTP timestamps, which wrap at 32 bits. */
const framesBetween = (before: ReceivedPacket, after: ReceivedPacket): number =>
  ((after.timestamp - before.timestamp) | 0) / FRAME;

/** Stretches of packets without a rest between them, in order of arrival. */
const stretches = (packets: readonly ReceivedPacket[]): ReceivedPacket[][] => {
  const all: ReceivedPacket[][] = [];
  for (const [index, packet] of packets.entries()) {
    const before = packets[index - 1];
    const current = all.at(-1);
    const isNew = before === undefined || packet.receivedAt - before.receivedAt > PAUSE;
    if (isNew || current === undefined) all.push([packet]);
    else current.push(packet);
  }
  return all;
};

/** Lateness of each packet against the tick that its timestamp names; the earliest of a stretch is on time. */
const latenessOf = (packets: readonly ReceivedPacket[]): number[] =>
  stretches(packets)
    .flatMap((stretch) => {
      const [first] = stretch;
      if (first === undefined) return [];
      const due = stretch.map((packet) => packet.receivedAt - framesBetween(first, packet) * TICK);
      const origin = due.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
      return due.map((each) => each - origin);
    })
    .sort((a, b) => a - b);

/** Pauses between arrivals; those after a silence frame are rests, which were announced. */
const gapsOf = (packets: readonly ReceivedPacket[]): number[] =>
  packets.slice(1).flatMap((packet, index) => {
    const before = packets[index];
    if (before === undefined || isSilence(before)) return [];
    const gap = packet.receivedAt - before.receivedAt;
    return gap > GAP ? [gap] : [];
  });

/**
 * In which frame of the timeline each packet plays: after the one before it by timestamp, or, where that is no longer
 * true, where the earliest of it and those right behind it arrived.
 */
const slotsOf = (packets: readonly ReceivedPacket[], from: number): number[] => {
  const arrivalOf = (index: number, packet: ReceivedPacket): number =>
    packets
      .slice(index)
      .filter(({ receivedAt }) => receivedAt - packet.receivedAt <= JITTER_BUFFER)
      .reduce(
        (least, each) => Math.min(least, each.receivedAt - framesBetween(packet, each) * TICK),
        packet.receivedAt,
      );
  let last: { packet: ReceivedPacket; slot: number } | undefined;
  return packets.map((packet, index) => {
    const stamped = last === undefined ? undefined : last.slot + Math.round(framesBetween(last.packet, packet));
    const late = stamped === undefined ? Number.POSITIVE_INFINITY : packet.receivedAt - from - stamped * TICK;
    const slot =
      stamped !== undefined && Math.abs(late) <= JITTER_BUFFER
        ? stamped
        : Math.floor((arrivalOf(index, packet) - from) / TICK);
    last = { packet, slot };
    return slot;
  });
};

/** What a listener would have heard: one decoder without a break, and silence where nothing came. */
const decode = async (packets: readonly ReceivedPacket[], from: number, frames: number) => {
  const decoder = new OpusDecoder({ channels: 2, sampleRate: 48_000 });
  await decoder.ready;
  const left = new Float32Array(frames * FRAME);
  const right = new Float32Array(frames * FRAME);
  const slots = slotsOf(packets, from);
  for (const [index, packet] of packets.entries()) {
    const slot = slots[index] ?? -1;
    if (packet.opus === undefined) continue;
    const { channelData } = decoder.decodeFrame(packet.opus);
    const [l, r = l] = channelData;
    if (slot < 0 || slot >= frames || l === undefined || r === undefined) continue;
    left.set(l.subarray(0, FRAME), slot * FRAME);
    right.set(r.subarray(0, FRAME), slot * FRAME);
  }
  decoder.free();
  return { left, right };
};

/**
 * What a listener heard within a stretch of real time.
 * @param received all that arrived in it, and while the jitter buffer waited for the last of it
 */
export const measureRecording = async (
  received: readonly ReceivedPacket[],
  from: number,
  duration: number,
  statistics: VoiceStatistics,
): Promise<Recording> => {
  const frames = Math.max(1, Math.round(duration / TICK));
  const { left, right } = await decode(received, from, frames);
  const levels: number[] = [];
  let peak = 0;
  for (let frame = 0; frame < frames; frame++) {
    let energy = 0;
    for (let i = frame * FRAME; i < (frame + 1) * FRAME; i++) {
      energy += left[i]! ** 2 + right[i]! ** 2;
      peak = Math.max(peak, Math.abs(left[i]!), Math.abs(right[i]!));
    }
    levels.push(10 * Math.log10(energy / (2 * FRAME)));
  }
  const packets = received.filter(({ receivedAt }) => receivedAt < from + duration);
  const late = latenessOf(packets);
  return {
    left,
    right,
    lufs: integratedLoudness(left, right),
    levels,
    peak,
    spectrum: powerSpectrum(left, right),
    gaps: gapsOf(packets),
    lateness: { p50: percentile(late, 0.5), p99: percentile(late, 0.99), max: late.at(-1) ?? 0 },
    packets: packets.length,
    silencePackets: packets.filter(isSilence).length,
    statistics,
  };
};
