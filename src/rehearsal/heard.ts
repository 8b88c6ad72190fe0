import { OpusDecoder } from "opus-decoder";
import { createLoudnessMeter } from "../audio/loudness.ts";
import type { Heard } from "./scenario.ts";
import { powerSpectrum } from "./spectrum.ts";
import type { HeardPacket, VoiceCounts } from "./voice/contract.ts";

const FRAME = 960;
const TICK = 20;

const isSilence = (opus: Uint8Array) => opus.length === 3 && opus[0] === 0xf8 && opus[1] === 0xff && opus[2] === 0xfe;

const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/**
 * Lateness of each packet against its tick: the tick's origin is the earliest that fits every packet of the run.
 * A pause (a jump in arrival with no jump in the timestamps' pace) begins a new run.
 */
const latenessOf = (packets: readonly HeardPacket[]): number[] => {
  const late: number[] = [];
  let run: number[] = [];
  const close = () => {
    const origin = Math.min(...run);
    for (const each of run) late.push(each - origin);
    run = [];
  };
  for (const [index, packet] of packets.entries()) {
    const before = packets[index - 1];
    if (before !== undefined && packet.at - before.at > 400) close();
    run.push(packet.at - run.length * TICK);
  }
  if (run.length > 0) close();
  return late.sort((a, b) => a - b);
};

/** What a listener heard within a stretch of real time, from the packets that arrived in it. */
export const hear = async (
  packets: readonly HeardPacket[],
  from: number,
  duration: number,
  counts: VoiceCounts,
): Promise<Heard> => {
  const decoder = new OpusDecoder({ channels: 2, sampleRate: 48_000 });
  await decoder.ready;
  const frames = Math.max(1, Math.round(duration / TICK));
  const left = new Float32Array(frames * FRAME);
  const right = new Float32Array(frames * FRAME);
  let next = 0;
  let silencePackets = 0;
  for (const packet of packets) {
    if (packet.opus === undefined) continue;
    if (isSilence(packet.opus)) silencePackets += 1;
    const { channelData } = decoder.decodeFrame(packet.opus);
    const [l, r = l] = channelData;
    // A packet plays where it arrived, and right after the one before where that was less than 100 ms ago: a jitter buffer.
    const arrived = Math.floor((packet.at - from) / TICK);
    const slot = Math.abs(arrived - next) <= 5 ? next : arrived;
    next = slot + 1;
    if (slot < 0 || slot >= frames || l === undefined || r === undefined) continue;
    left.set(l.subarray(0, FRAME), slot * FRAME);
    right.set(r.subarray(0, FRAME), slot * FRAME);
  }
  decoder.free();
  const meter = createLoudnessMeter();
  meter.push({ left, right });
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
  const late = latenessOf(packets);
  const gaps = packets
    .slice(1)
    .map((packet, index) => packet.at - packets[index]!.at)
    .filter((gap) => gap > 40);
  return {
    left,
    right,
    lufs: meter.integrated(),
    levels,
    peak,
    spectrum: powerSpectrum(left, right),
    gaps,
    lateness: { p50: percentile(late, 0.5), p99: percentile(late, 0.99), max: late.at(-1) ?? 0 },
    packets: packets.length,
    silencePackets,
    counts,
  };
};
