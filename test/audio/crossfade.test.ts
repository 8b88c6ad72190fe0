import { describe, expect, test } from "vitest";
import { type CrossfadeSide, createCrossfadeSide } from "../../src/audio/crossfade.ts";
import { createFrame } from "../../src/audio/format.ts";

const frame = createFrame();
/** The side's gain at each sample of one frame. */
const gains = (side: CrossfadeSide): Float32Array => {
  frame.left.fill(1);
  frame.right.fill(1);
  side.apply(frame);
  return frame.left.slice();
};
const turnedIn = () => {
  const side = createCrossfadeSide();
  side.fade("in", 0);
  return side;
};
const furthest = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
/** Power of sounds that have nothing in common, sample by sample, in decibels. */
const together = (sides: readonly CrossfadeSide[], frames: number): number[] => {
  const powers: number[] = [];
  for (let index = 0; index < frames; index++) {
    const each = sides.map(gains);
    for (let i = 0; i < each[0]!.length; i++)
      powers.push(10 * Math.log10(each.reduce((sum, one) => sum + one[i]! ** 2, 0)));
  }
  return powers;
};

describe("a crossfade", () => {
  test.each([3, 75, 200, 750])("keeps the power of unlike sounds over %i frames", (frames) => {
    const [going, coming] = [turnedIn(), createCrossfadeSide()];
    going.fade("out", frames);
    coming.fade("in", frames);
    expect(furthest(together([going, coming], frames))).toBeLessThan(0.01);
    expect(going.isSilent()).toBe(true);
    expect(coming.isSettled()).toBe(true);
  });

  test("keeps it when a third sound comes in the middle", () => {
    const [first, second, third] = [turnedIn(), createCrossfadeSide(), createCrossfadeSide()];
    first.fade("out", 200);
    second.fade("in", 200);
    together([first, second, third], 80);
    first.fade("out", 100);
    second.fade("out", 100);
    third.fade("in", 100);
    expect(furthest(together([first, second, third], 100))).toBeLessThan(0.01);
    expect(first.isSilent() && second.isSilent() && third.isSettled()).toBe(true);
  });

  test("makes no step, wherever it turns", () => {
    const side = createCrossfadeSide();
    const all: number[] = [0];
    for (const [to, over, frames] of [
      ["in", 10, 4],
      ["out", 3, 2],
      ["in", 50, 50],
      ["out", 3, 4],
    ] as const) {
      side.fade(to, over);
      for (let index = 0; index < frames; index++) all.push(...gains(side));
    }
    const steps = all.slice(1).map((gain, index) => Math.abs(gain - all[index]!));
    // A sine over the shortest turn of three frames rises by 0.0006 a sample; out of a turn midway
    // its root is steeper.
    expect(furthest(steps)).toBeLessThan(0.01);
    expect(all.at(-1)).toBe(0);
  });

  test("never makes what leaves any slower, and lets it be hurried", () => {
    const side = turnedIn();
    side.fade("out", 50);
    for (let index = 0; index < 30; index++) gains(side);
    side.fade("out", 1_000);
    for (let index = 0; index < 10; index++) gains(side);
    expect(side.isSilent()).toBe(false);
    side.fade("out", 3);
    for (let index = 0; index < 3; index++) gains(side);
    expect(side.isSilent()).toBe(true);
  });

  test("is silence before, and nothing at all after", () => {
    const side = createCrossfadeSide();
    expect(gains(side).every((gain) => gain === 0)).toBe(true);
    expect(side.isSilent()).toBe(true);
    side.fade("in", 0);
    expect(side.isFadedIn() && side.isSettled()).toBe(true);
    expect(gains(side).every((gain) => gain === 1)).toBe(true);
  });
});
