import { describe, expect, test } from "vitest";
import { createCeiling } from "../../src/audio/ceiling.ts";
import { createFrame, FRAME_SAMPLES } from "../../src/audio/format.ts";
import { createLoudnessMeter } from "../../src/audio/loudness.ts";
import { gainOf } from "../../src/kernel/units.ts";

/** Noise that has this level in LUFS at each frame. */
const through = (levelAt: (frame: number) => number, frames: number) => {
  let seed = 1;
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 31 - 1;
  };
  const ceiling = createCeiling(-18);
  const [before, after] = [createLoudnessMeter(), createLoudnessMeter()];
  const frame = createFrame();
  const gains: number[] = [];
  for (let index = 0; index < frames; index++) {
    // White noise of this amplitude in both ears lies 1.3 LU above its level in decibels.
    const amplitude = gainOf(levelAt(index)) * 0.86;
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      frame.left[i] = amplitude * random();
      frame.right[i] = amplitude * random();
    }
    before.push(frame);
    const first = frame.left[0]!;
    ceiling.apply(frame);
    after.push(frame);
    gains.push(frame.left[0]! / first);
  }
  return { before, after, gains, ceiling };
};

describe("the loudness ceiling", () => {
  test.each<[string, (frame: number) => number]>([
    ["a recording as loud as music", () => -14],
    ["full scale", () => 0],
    ["a shout after silence", (frame) => (frame < 200 ? -90 : -10)],
    ["ten seconds of night and ten of day", (frame) => (frame % 1_000 < 500 ? -32 : -12)],
    ["bursts of a second", (frame) => (frame % 150 < 50 ? -10 : -60)],
    ["what becomes louder slowly", (frame) => Math.min(-5, -40 + frame / 30)],
  ])("lets nothing louder than −18 LUFS leave over three seconds: %s", (_, levelAt) => {
    const { before, after } = through(levelAt, 1_500);
    expect(before.shortTermMaximum()).toBeGreaterThan(-16.5);
    expect(after.shortTermMaximum()).toBeLessThanOrEqual(-18);
    // Down to the ceiling, and not to nothing.
    expect(after.shortTermMaximum()).toBeGreaterThan(-25);
  });

  test("changes nothing below, even where single frames are loud", () => {
    const { gains, ceiling } = through((frame) => (frame % 40 === 0 ? -14 : -32), 1_000);
    expect(gains.every((gain) => gain === 1)).toBe(true);
    expect(ceiling.isIdle()).toBe(true);
  });

  test("comes back slowly, and forgets on request", () => {
    const { gains, ceiling } = through((frame) => (frame < 300 ? -14 : -32), 900);
    expect(gains.at(-1)).toBe(1);
    const rises = gains.slice(1).map((gain, index) => gain / gains[index]!);
    expect(Math.max(...rises)).toBeLessThan(1.003);
    const loud = through(() => -10, 100).ceiling;
    expect(loud.isIdle()).toBe(false);
    loud.reset();
    expect(loud.isIdle()).toBe(true);
    expect(ceiling.isIdle()).toBe(true);
  });
});
