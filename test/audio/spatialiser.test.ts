import { describe, expect, test } from "vitest";
import { createFrame, FRAME_SAMPLES, type Frame } from "../../src/audio/format.ts";
import { createSpatialiser } from "../../src/audio/spatialiser.ts";

const PLACES = ["centre", "left", "right", "near", "far", "orbit"] as const;
const render = (
  placing: ReturnType<typeof createSpatialiser>,
  frames: number,
  sample: (at: number) => number,
): Frame[] =>
  Array.from({ length: frames }, (_, index) => {
    const frame = createFrame();
    for (let i = 0; i < FRAME_SAMPLES; i++) frame.left[i] = frame.right[i] = sample(index * FRAME_SAMPLES + i);
    placing.apply(frame, index);
    return frame;
  });
const sine = (at: number) => 0.1 * Math.sin((2 * Math.PI * 440 * at) / 48_000);
const firstSample = (samples: Float32Array) => samples.findIndex((sample) => Math.abs(sample) > 1e-4);
const step = (frames: readonly Frame[]): number => {
  let [largest, before] = [0, frames[0]!.left[0]!];
  for (const { left } of frames)
    for (const sample of left) {
      largest = Math.max(largest, Math.abs(sample - before));
      before = sample;
    }
  return largest;
};

describe("a place", () => {
  test.each(PLACES)("%s makes silence of silence", (name) => {
    for (const { left, right } of render(createSpatialiser(name), 3, () => 0))
      expect([...left, ...right].every((sample) => sample === 0)).toBe(true);
  });

  test("centre leaves every sample as it is", () => {
    const [frame] = render(createSpatialiser("centre"), 1, sine);
    expect(frame!.left[77]).toBe(Math.fround(sine(77)));
  });

  test("beside an ear reaches the other ear later, by what a head makes of it", () => {
    const click = (at: number) => (at === 100 ? 1 : 0);
    for (const [name, near, other] of [
      ["left", "left", "right"],
      ["right", "right", "left"],
    ] as const) {
      const [frame] = render(createSpatialiser(name), 1, click);
      const later = firstSample(frame![other]) - firstSample(frame![near]);
      // A head of 8.75 cm: 0.6 ms and a little, at 48 samples a millisecond.
      expect(later).toBeGreaterThan(24);
      expect(later).toBeLessThan(36);
    }
  });

  test.each(PLACES)("%s never makes a step of a tone, and no more of it than there was", (name) => {
    const frames = render(createSpatialiser(name), 60, sine).slice(10);
    const usual = 0.1 * 2 * Math.sin((Math.PI * 440) / 48_000);
    expect(step(frames)).toBeLessThan(2 * usual);
  });

  test("that changes on the way to another arrives there first, and makes no step", () => {
    const placing = createSpatialiser("centre");
    const frames = render(placing, 10, sine);
    placing.to("left", 20);
    frames.push(...render(placing, 6, (at) => sine(at + 10 * FRAME_SAMPLES)));
    placing.to("far", 20);
    expect(placing.placement()).toBe("far");
    expect(placing.isSettled()).toBe(false);
    frames.push(...render(placing, 60, (at) => sine(at + 16 * FRAME_SAMPLES)));
    expect(placing.isSettled()).toBe(true);
    expect(step(frames)).toBeLessThan(2 * 0.1 * 2 * Math.sin((Math.PI * 440) / 48_000));
  });
});
