import { expect, test } from "vitest";
import { createFrame, FRAME_SAMPLES, type Frame } from "../../src/audio/format.ts";
import { createLiveLevel } from "../../src/audio/liveLevel.ts";
import { createLoudnessMeter } from "../../src/audio/loudness.ts";
import { type Frames, framesIn, gainOf, seconds } from "../../src/kernel/units.ts";

/** White noise at a level that may change, levelled; @returns the loudness of the frames from `from` on */
const levelled = (length: Frames, levelAt: (frame: Frames) => number) => {
  const level = createLiveLevel();
  const frames: Frame[] = [];
  let seed = 1;
  for (let at = 0; at < length; at++) {
    const frame = createFrame();
    const gain = gainOf(levelAt(at));
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      frame.left[i] = (seed / 2 ** 31 - 1) * gain;
      frame.right[i] = frame.left[i]!;
    }
    level.apply(frame);
    frames.push(frame);
  }
  return {
    loudness(from: Frames, to: Frames) {
      const meter = createLoudnessMeter();
      for (const frame of frames.slice(from, to)) meter.push(frame);
      return meter.integrated();
    },
    peak: () => frames.reduce((most, { left }) => left.reduce((high, each) => Math.max(high, Math.abs(each)), most), 0),
  };
};

const [ten, twenty] = [framesIn(seconds(10)), framesIn(seconds(20))];

test.each([0, -20, -40])("noise at %i dB is brought to −30 LUFS", (db) => {
  expect(levelled(twenty, () => db).loudness(ten, twenty)).toBeCloseTo(-30, 0);
});

test("what is far too quiet is raised by 18 dB at most", () => {
  expect(levelled(twenty, () => -65).loudness(ten, twenty)).toBeLessThan(-40);
});

test("a sudden sound is softened before it is heard, and what follows is back at its level", () => {
  const bang = (frame: Frames) => (frame >= ten && frame < ten + 25 ? 0 : -30);
  const heard = levelled(twenty, bang);
  const delayed = ten + 50;
  expect(heard.loudness(delayed, delayed + 25)).toBeLessThan(-30 + 10);
  expect(heard.peak()).toBeLessThanOrEqual(gainOf(-6) * 1.01);
});

test("silence is not raised, and the first sound after it is not a jump", () => {
  const heard = levelled(twenty, (frame) => (frame < ten ? -120 : -10));
  expect(heard.loudness(0, ten)).toBeLessThan(-70);
  expect(heard.loudness(ten + 50, ten + 75)).toBeLessThan(-20);
});
