import { beforeAll, expect, test } from "vitest";
import { measureRecording } from "../src/audio/recording.ts";
import { FRAME_SAMPLES, SAMPLE_RATE } from "../src/shared/opus.ts";
import type { ReceivedPacket, VoiceStatistics } from "../src/voice/types.ts";
import { independentMeter } from "./support/independentMeter.ts";
import { createOpusEncoder } from "./support/opusEncoder.ts";

const counts = {} as VoiceStatistics;
const SILENCE = new Uint8Array([0xf8, 0xff, 0xfe]);
const FRAMES = 100;

/** Two seconds of 1 kHz at −20 dBFS, sent on the tick. */
let tone: ReceivedPacket[];
beforeAll(() => {
  const encoder = createOpusEncoder();
  tone = Array.from({ length: FRAMES }, (_, frame) => {
    const wave = Float32Array.from(
      { length: FRAME_SAMPLES },
      (_unused, i) => 0.1 * Math.SQRT2 * Math.sin((2 * Math.PI * 1_000 * (frame * FRAME_SAMPLES + i)) / SAMPLE_RATE),
    );
    const opus = encoder.encode({ left: wave, right: wave });
    const timestamp = (4_294_960_000 + frame * FRAME_SAMPLES) % 2 ** 32;
    return {
      receivedAt: 1_000 + frame * 20,
      sequence: frame,
      timestamp,
      opus: Uint8Array.from(opus),
      unencrypted: false,
    };
  });
});

test("a tone is as loud, as high and as even as it was sent", async () => {
  const heard = await measureRecording(tone, 1_000, 2_000, counts);
  const meter = await independentMeter();
  expect(heard.packets).toBe(FRAMES);
  expect(heard.gaps).toEqual([]);
  expect(heard.lateness.max).toBeCloseTo(0, 6);
  expect(heard.lufs).toBeCloseTo(meter(heard).loudness, 1);
  expect(heard.levels.slice(5, -1).every((level) => Math.abs(level + 20) < 1)).toBe(true);
  const loudest = heard.spectrum.reduce((best, each) => (each.db > best.db ? each : best));
  expect(loudest.hertz).toBeGreaterThan(850);
  expect(loudest.hertz).toBeLessThan(1_180);
});

test("what was lost is silent in its place, and what came late stays in its place", async () => {
  const late = tone.filter(({ sequence }) => sequence < 50 || sequence >= 53);
  const heard = await measureRecording(
    late.map((packet) => (packet.sequence === 70 ? { ...packet, receivedAt: packet.receivedAt + 15 } : packet)),
    1_000,
    2_000,
    counts,
  );
  expect(heard.levels.slice(50, 53).every((level) => level === Number.NEGATIVE_INFINITY)).toBe(true);
  expect(heard.levels[70]).toBeGreaterThan(-22);
  expect(heard.gaps).toEqual([80]);
  expect(heard.lateness.max).toBeCloseTo(15, 6);
  expect(heard.lateness.p50).toBeCloseTo(0, 6);
});

test("between two packets that are late there is sound from the first frame to the last", async () => {
  const anyLateness = tone.map((packet, frame) => ({
    ...packet,
    receivedAt: packet.receivedAt + (frame % 3 === 0 ? 0 : 17),
  }));
  for (let from = 1_100; from < 1_160; from++) {
    const received = anyLateness.filter(({ receivedAt }) => receivedAt >= from && receivedAt < from + 1_100);
    const heard = await measureRecording(received, from, 1_000, counts);
    // The decoder needs some frames to be at its level.
    expect(heard.levels.filter((level) => level < -40)).toEqual([]);
  }
});

test("a stall is seen in arrival times, though the timestamps stood still", async () => {
  const heard = await measureRecording(
    tone.map((packet) => (packet.sequence < 50 ? packet : { ...packet, receivedAt: packet.receivedAt + 200 })),
    1_000,
    2_200,
    counts,
  );
  expect(heard.gaps).toEqual([220]);
  expect(heard.lateness.max).toBeCloseTo(200, 6);
  expect(heard.levels.slice(51, 59).every((level) => level === Number.NEGATIVE_INFINITY)).toBe(true);
});

test("a rest that silence frames announce is no gap", async () => {
  const rested = tone.map((packet) =>
    packet.sequence < 50 ? packet : { ...packet, receivedAt: packet.receivedAt + 600 },
  );
  const packets = rested.map((packet) =>
    packet.sequence < 45 || packet.sequence >= 50 ? packet : { ...packet, opus: SILENCE },
  );
  const heard = await measureRecording(packets, 1_000, 2_600, counts);
  expect(heard.gaps).toEqual([]);
  expect(heard.silencePackets).toBe(5);
  expect(heard.lateness.max).toBeCloseTo(0, 6);
});

test("where nothing came there is silence", async () => {
  const heard = await measureRecording([], 0, 1_000, counts);
  expect(heard).toMatchObject({ packets: 0, peak: 0, lufs: Number.NEGATIVE_INFINITY, lateness: { max: 0 } });
  expect(heard.levels).toHaveLength(50);
});
