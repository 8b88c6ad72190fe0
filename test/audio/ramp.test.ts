import { describe, expect, test } from "vitest";
import { createFrame, FRAME_SAMPLES } from "../../src/audio/format.ts";
import { createRamp, FLOOR, type Ramp, SILENCE } from "../../src/audio/ramp.ts";
import { decibelsOf, gainOf } from "../../src/kernel/units.ts";

/** The ramp's gain at each sample of so many frames, as it turns up a steady 1. */
const gains = (ramp: Ramp, frames: number) => {
  const frame = createFrame();
  const all: number[] = [];
  for (let index = 0; index < frames; index++) {
    frame.left.fill(1);
    frame.right.fill(1);
    ramp.apply(frame);
    expect(frame.right).toEqual(frame.left);
    all.push(...frame.left);
  }
  return all;
};
const largestStep = (values: readonly number[]) =>
  values.slice(1).reduce((most, value, index) => Math.max(most, Math.abs(value - values[index]!)), 0);

describe("a ramp", () => {
  test("is straight in decibels from the first sample to the last", () => {
    const ramp = createRamp(0);
    ramp.to(-24, 30);
    const all = gains(ramp, 30);
    for (let i = 0; i < all.length; i += 37) {
      expect(decibelsOf(all[i]!)).toBeCloseTo((-24 * (i + 1)) / all.length, 3);
    }
    expect(ramp.isSettled()).toBe(true);
    expect(gains(ramp, 1)[0]).toBeCloseTo(gainOf(-24), 6);
  });

  test.each([3, 15, 250])("ends in silence without a step when it has %i frames", (frames) => {
    const ramp = createRamp(0);
    ramp.to(SILENCE, frames);
    const all = gains(ramp, frames);
    expect(all.at(-1)).toBeCloseTo(0, 6);
    expect(ramp.isSilent()).toBe(true);
    expect(gains(ramp, 1).every((gain) => gain === 0)).toBe(true);
    // The steepest is three frames from 0 to −45 dB: 1 dB in 64 samples.
    expect(largestStep([1, ...all])).toBeLessThan(0.002);
    expect(decibelsOf(all[Math.round((all.length * (frames - 1)) / frames) - 1]!)).toBeCloseTo(
      (FLOOR * (frames - 1)) / frames,
      2,
    );
  });

  test("comes out of silence without a step", () => {
    const ramp = createRamp(SILENCE);
    ramp.to(0, 20);
    const all = gains(ramp, 20);
    expect(all[0]).toBeLessThan(1e-4);
    expect(all.at(-1)).toBeCloseTo(1, 6);
    expect(largestStep([0, ...all])).toBeLessThan(0.001);
  });

  test("goes on from where it is when it is turned", () => {
    const ramp = createRamp(0);
    ramp.to(SILENCE, 100);
    const down = gains(ramp, 40);
    ramp.to(0, 50);
    const up = gains(ramp, 50);
    expect(largestStep([...down, ...up])).toBeLessThan(0.001);
    expect(decibelsOf(down.at(-1)!)).toBeCloseTo(FLOOR * 0.4, 3);
    expect(up.at(-1)).toBeCloseTo(1, 6);
  });

  test("is even over half an hour", () => {
    const ramp = createRamp(0);
    const frames = 90_000;
    ramp.to(SILENCE, frames);
    for (let done = 1; done < frames; done++) {
      ramp.skip();
      if (done % 9_000 === 0) expect(ramp.level()).toBeCloseTo((FLOOR * done) / frames, 9);
    }
    expect(ramp.isSilent()).toBe(false);
    ramp.skip();
    expect(ramp.level()).toBe(SILENCE);
  });

  test("is at once in no frames, and leaves full level untouched", () => {
    const ramp = createRamp(0);
    ramp.to(SILENCE, 0);
    expect(ramp.isSilent()).toBe(true);
    ramp.to(0, 0);
    expect(gains(ramp, 1).every((gain) => gain === 1)).toBe(true);
    expect(gains(ramp, 1)).toHaveLength(FRAME_SAMPLES);
  });
});
