import { expect, test } from "vitest";
import { createFrame, type Pcm, SAMPLE_RATE } from "../../src/audio/format.ts";
import { createLoudnessMeter } from "../../src/audio/loudness.ts";
import { createTruePeakMeter } from "../../src/audio/truePeak.ts";
import { prng } from "../../src/kernel/random.ts";
import { gainOf } from "../../src/kernel/units.ts";
import { createReferenceMeter } from "../support/referenceMeter.ts";

const stereo = (seconds: number, sample: (i: number) => number): Pcm => {
  const left = Float32Array.from({ length: seconds * SAMPLE_RATE }, (_, i) => sample(i));
  return { left, right: Float32Array.from(left) };
};
const tone =
  (hertz: number, levelDb: number, phase = 0) =>
  (i: number) =>
    gainOf(levelDb) * Math.sin((2 * Math.PI * hertz * i) / SAMPLE_RATE + phase);

const measure = (sound: Pcm) => {
  const [loudness, peak] = [createLoudnessMeter(), createTruePeakMeter()];
  for (let from = 0; from < sound.left.length; from += 700) {
    const piece = { left: sound.left.subarray(from, from + 700), right: sound.right.subarray(from, from + 700) };
    loudness.push(piece);
    peak.push(piece);
  }
  return { integrated: loudness.integrated(), shortTerm: loudness.shortTermMaximum(), peak: peak.peak() };
};

test("a tone of −23 dBFS in both channels reads −23 LUFS (EBU Tech 3341, case 1)", () => {
  const { integrated, shortTerm } = measure(stereo(20, tone(1_000, -23)));
  expect(integrated).toBeCloseTo(-23, 1);
  expect(shortTerm).toBeCloseTo(-23, 1);
});

test("quiet stretches are gated out (EBU Tech 3341, case 3)", () => {
  const [quiet, loud] = [tone(1_000, -36), tone(1_000, -23)];
  const inside = (i: number) => i >= 10 * SAMPLE_RATE && i < 70 * SAMPLE_RATE;
  expect(measure(stereo(80, (i) => (inside(i) ? loud(i) : quiet(i)))).integrated).toBeCloseTo(-23, 1);
});

test("silence has no loudness", () => {
  expect(measure({ left: new Float32Array(SAMPLE_RATE), right: new Float32Array(SAMPLE_RATE) }).integrated).toBe(
    Number.NEGATIVE_INFINITY,
  );
  expect(createLoudnessMeter().integrated()).toBe(Number.NEGATIVE_INFINITY);
});

test("a peak between the samples is found (EBU Tech 3341, case 16)", () => {
  const { peak } = measure(stereo(1, tone(SAMPLE_RATE / 4, 0, Math.PI / 4)));
  expect(peak).toBeGreaterThan(-0.4);
  expect(peak).toBeLessThan(0.2);
});

test("an independent meter agrees on bursts of noise", async () => {
  const random = prng(3);
  const sound = stereo(12, (i) => (random() - random()) * (i % 90_000 < 20_000 ? 0.4 : 0.02));
  sound.right.set(sound.left.map((x) => 0.5 * x));
  const [ours, theirs] = [measure(sound), await createReferenceMeter()];
  expect(ours.integrated).toBeCloseTo(theirs.loudness(sound), 1);
  expect(Math.abs(ours.peak - theirs.truePeak(sound))).toBeLessThan(0.25);
});

test("a frame is taken as it comes", () => {
  const meter = createLoudnessMeter();
  meter.push(createFrame());
  expect(meter.shortTermMaximum()).toBe(Number.NEGATIVE_INFINITY);
});
