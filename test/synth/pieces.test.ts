import { expect, test } from "vitest";
import { createFrame, FRAME_SAMPLES, type Pcm, SAMPLE_RATE } from "../../src/audio/format.ts";
import { prng } from "../../src/kernel/random.ts";
import { bubble, bubbleRadius } from "../../src/synth/bubbles.ts";
import { wander } from "../../src/synth/curves.ts";
import { aroundTheHead } from "../../src/synth/ears.ts";
import { bandPass, highPass, lowPass } from "../../src/synth/filters.ts";
import { sprinkle } from "../../src/synth/line.ts";
import { strike } from "../../src/synth/modes.ts";
import { impulses, pareto, white } from "../../src/synth/noise.ts";
import { reverb } from "../../src/synth/reverb.ts";
import { placed } from "../../src/synth/space.ts";

const tone = (hertz: number, seconds = 0.5) =>
  Float32Array.from({ length: seconds * SAMPLE_RATE }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / SAMPLE_RATE));
const levelDb = (x: Float32Array) => 10 * Math.log10(x.reduce((sum, y) => sum + y * y, 0) / x.length / 0.5);
const through = (shape: (block: Float32Array) => void, hertz: number) => {
  const block = tone(hertz);
  shape(block);
  return levelDb(block.subarray(12_000));
};

test("filters pass what they should, and hold back the rest", () => {
  expect(through(lowPass(1_000), 100)).toBeCloseTo(0, 1);
  expect(through(lowPass(1_000), 1_000)).toBeCloseTo(-3, 0);
  expect(through(lowPass(1_000), 8_000)).toBeLessThan(-34);
  expect(through(highPass(1_000), 100)).toBeLessThan(-38);
  expect(through(bandPass(2_000, 4), 2_000)).toBeCloseTo(0, 1);
  expect(through(bandPass(2_000, 4), 500)).toBeLessThan(-20);
});

/** Samples by which the right ear hears later than the left. */
const delay = ({ left, right }: Pcm): number => {
  let [best, most] = [0, Number.NEGATIVE_INFINITY];
  for (let lag = -50; lag <= 50; lag++) {
    let sum = 0;
    for (let i = 100; i < left.length - 100; i++) sum += left[i]! * right[i + lag]!;
    if (sum > most) [best, most] = [lag, sum];
  }
  return best;
};

test("a source to the left comes to the left ear first, and louder where it is bright", () => {
  const source = new Float32Array(6_000);
  white(3)(source);
  // Below 2 kHz the head's shadow delays a little more.
  highPass(3_000)(source);
  const from = (azimuth: number) => placed(source, azimuth, 3);
  // Woodworth: a (π/2 + 1) / c = 656 µs, 31.5 samples.
  expect(Math.abs(delay(from(-Math.PI / 2)) - 31.5)).toBeLessThan(2);
  expect(delay(from(0))).toBe(0);
  expect(Math.abs(delay(from(Math.PI / 2)) + 31.5)).toBeLessThan(2);
  const bright = placed(tone(6_000), -Math.PI / 2, 3);
  const shadow = levelDb(bright.left.subarray(6_000, 20_000)) - levelDb(bright.right.subarray(6_000, 20_000));
  expect(shadow).toBeGreaterThan(13);
  expect(shadow).toBeLessThan(20);
});

test("a source from the front is alike in both ears", () => {
  const { left, right } = placed(tone(800), 0, 1);
  expect(left).toEqual(right);
});

test("a struck body rings at its modes for as long as they last", () => {
  const ring = strike([{ frequency: 1_000, t60: 0.5, gain: 1 }], 0.0005);
  const at = (seconds: number) => levelDb(ring.subarray(seconds * SAMPLE_RATE, (seconds + 0.05) * SAMPLE_RATE));
  expect(at(0.05) - at(0.3)).toBeCloseTo(30, 0);
  let crossings = 0;
  for (let i = 2_000; i < 6_800; i++) if (ring[i - 1]! < 0 && ring[i]! >= 0) crossings += 1;
  expect(crossings).toBe(100);
});

test("a bubble sings at 3/r, and larger ones than the largest are drawn again", () => {
  const ring = bubble(0.003, 1, 0);
  let crossings = 0;
  for (let i = 1; i < 2_400; i++) if (ring[i - 1]! < 0 && ring[i]! >= 0) crossings += 1;
  expect(Math.abs(crossings - 50)).toBeLessThanOrEqual(1);
  const random = prng(8);
  const radii = Array.from({ length: 5_000 }, () => bubbleRadius(random, 0.00016, 0.004, 1.3));
  expect(Math.max(...radii)).toBeLessThan(0.004);
  expect(radii.filter((radius) => radius > 0.0039).length).toBeLessThan(100);
});

test("impulses come at their rate, sprinkled sounds too", () => {
  const out = new Float32Array(48_000 * 10);
  impulses(5, 300, () => 1)(out);
  expect(Math.abs(out.reduce((sum, x) => sum + Math.abs(x), 0) / 10 - 300)).toBeLessThan(25);
  const click = { left: Float32Array.of(1), right: Float32Array.of(1) };
  const node = sprinkle(
    6,
    0.01,
    () => 50,
    () => click,
  );
  let sum = 0;
  const frame = createFrame();
  for (let index = 0; index < 1_000; index++) {
    node.render(frame);
    sum += frame.left.reduce((total, x) => total + x, 0);
  }
  expect(Math.abs(sum / 20 - 50)).toBeLessThan(6);
});

test("random walks are smooth and come round", () => {
  const walk = wander(3, 50, 1_000);
  for (let frame = 0; frame < 1_000; frame++) {
    expect(Math.abs(walk(frame + 1) - walk(frame))).toBeLessThan(0.1);
    expect(Math.abs(walk(frame))).toBeLessThanOrEqual(1);
  }
  expect(walk(1_000)).toBeCloseTo(walk(0), 10);
});

test("the correlation of the ears is what was asked for", () => {
  const [left, right] = [new Float32Array(200_000), new Float32Array(200_000)];
  aroundTheHead(white, 9, { low: 0.3, high: 0.3 })(left, right);
  const product = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  expect(product(left, right) / Math.sqrt(product(left, left) * product(right, right))).toBeCloseTo(0.3, 1);
  const random = prng(1);
  expect(Math.max(...Array.from({ length: 1_000 }, () => pareto(random, 1.5, 8)))).toBe(8);
});

test("a source around the head is one for both ears where it is low, and two where it is high", () => {
  const correlation = (shape: (block: Float32Array) => void) => {
    const [left, right] = [new Float32Array(200_000), new Float32Array(200_000)];
    aroundTheHead(white, 9)(left, right);
    const shaped = (ear: Float32Array) => {
      shape(ear);
      return ear;
    };
    const [l, r] = [shaped(left), shaped(right)];
    const product = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
    return product(l, r) / Math.sqrt(product(l, l) * product(r, r));
  };
  expect(correlation(lowPass(200))).toBeGreaterThan(0.9);
  expect(correlation(highPass(4_000))).toBeLessThan(0.1);
});

test("a room dies away in its time", () => {
  const reverberate = reverb(0.4, 1, 0);
  const levels = Array.from({ length: 40 }, (_, index) => {
    const frame = createFrame();
    if (index === 0) frame.left[0] = 1;
    reverberate(frame);
    if (index === 0) frame.left[0] = 0;
    return levelDb(frame.left) + levelDb(frame.right);
  });
  // 60 dB in 20 frames, both ears added.
  expect((levels[3]! - levels[23]!) / 2).toBeGreaterThan(50);
  expect((levels[3]! - levels[23]!) / 2).toBeLessThan(70);
  expect(FRAME_SAMPLES * 20).toBe(0.4 * SAMPLE_RATE);
});
