import { expect, test } from "vitest";
import { createFrame, type Frame, type Packet } from "../../../src/audio/format.ts";
import { createOpusEncoder } from "../../../src/audio/opusEncoder.ts";
import { createLiveBuffer, LIVE_DELAY } from "../../../src/engine/playback/liveBuffer.ts";

const encoder = createOpusEncoder({ complexity: 0 });
const tone = createFrame();
for (let i = 0; i < tone.left.length; i++) tone.left[i] = tone.right[i] = Math.sin((2 * Math.PI * 6 * i) / 960) * 0.25;
const packets = (count: number): readonly Packet[] => Array.from({ length: count }, () => encoder.encode(tone));
const levelOf = ({ left }: Frame): number => Math.sqrt(left.reduce((sum, each) => sum + each * each, 0) / left.length);

/** Reads frames, feeding as many. @returns their levels */
const read = (reader: { read(frame: Frame): void }, count: number, feed: () => void = () => {}): number[] =>
  Array.from({ length: count }, () => {
    feed();
    const frame = createFrame();
    reader.read(frame);
    return levelOf(frame);
  });
/** The largest step between two frames. */
const steps = (levels: readonly number[]) =>
  Math.max(...levels.slice(1).map((level, i) => Math.abs(level - levels[i]!)));

test("it is silent until the whole delay is there, then comes in on a ramp", () => {
  const buffer = createLiveBuffer();
  const reader = buffer.open(() => {});
  buffer.push(packets(LIVE_DELAY - 1));
  expect(Math.max(...read(reader, 10))).toBe(0);
  buffer.push(packets(1));
  const coming = read(reader, 120, () => buffer.push(packets(1)));
  expect(coming[0]).toBeLessThan(0.01);
  expect(coming.at(-1)).toBeCloseTo(0.177, 1);
  expect(steps(coming)).toBeLessThan(0.02);
});

test("where it runs dry it fades out over what is left, and comes back on a ramp when the delay is there again", () => {
  const buffer = createLiveBuffer();
  const reader = buffer.open(() => {});
  buffer.push(packets(LIVE_DELAY));
  read(reader, 120, () => buffer.push(packets(1)));
  const going = read(reader, LIVE_DELAY + 50);
  expect(going[LIVE_DELAY - 60]).toBeCloseTo(0.177, 1);
  expect(going.slice(LIVE_DELAY).every((level) => level === 0)).toBe(true);
  expect(steps(going)).toBeLessThan(0.02);
  expect(read(reader, LIVE_DELAY - 1, () => buffer.push(packets(1))).every((level) => level === 0)).toBe(true);
  const back = read(reader, 120, () => buffer.push(packets(1)));
  expect(back.at(-1)).toBeCloseTo(0.177, 1);
  expect(steps(back)).toBeLessThan(0.02);
});

test("what is gone after a minute is not waited for, and damaged packets are silence", () => {
  const buffer = createLiveBuffer();
  let closed = 0;
  const reader = buffer.open(() => {
    closed += 1;
  });
  buffer.push(packets(LIVE_DELAY));
  read(reader, 10);
  buffer.push(Array.from({ length: 4_000 }, () => new Uint8Array([0xff, 1])));
  expect(Math.max(...read(reader, 20))).toBe(0);
  buffer.clear();
  expect(Math.max(...read(reader, 20))).toBe(0);
  reader.close();
  reader.close();
  expect(closed).toBe(1);
});
