import { describe, expect, test } from "vitest";
import { createFrame, FRAME_SAMPLES } from "../../src/audio/format.ts";
import { createLimiter, LIMITER_DELAY } from "../../src/audio/limiter.ts";
import { createTruePeakMeter } from "../../src/audio/truePeak.ts";
import { decibelsOf, gainOf } from "../../src/kernel/units.ts";

/** Samples of both channels at a time from the beginning. */
type Signal = (at: number) => readonly [number, number];

const random = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 31 - 1;
};

/** What leaves a limiter for so many frames of a signal. */
const limited = (signal: Signal, frames: number, limiter = createLimiter(-3)) => {
  const frame = createFrame();
  const meter = createTruePeakMeter();
  const left = new Float32Array(frames * FRAME_SAMPLES);
  for (let index = 0; index < frames; index++) {
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      const [l, r] = signal(index * FRAME_SAMPLES + i);
      frame.left[i] = l;
      frame.right[i] = r;
    }
    limiter.apply(frame);
    meter.push(frame);
    left.set(frame.left, index * FRAME_SAMPLES);
  }
  return { left, peak: meter.peak() };
};

const both = (mono: (at: number) => number): Signal => {
  return (at) => {
    const value = mono(at);
    return [value, value];
  };
};

describe("the limiter", () => {
  const noise = random(1);
  const bursts = random(2);
  let level = 0;
  const hits = random(3);
  const signs = random(4);
  test.each<[string, Signal]>([
    ["full-scale noise", () => [noise(), noise()]],
    ["noise 20 dB over full scale", () => [10 * noise(), 10 * noise()]],
    [
      "noise whose level jumps at random by up to 60 dB",
      (at) => {
        if (at % 97 === 0) level = gainOf(20 + 60 * (bursts() - 0.5) - 30);
        return [level * bursts(), level * bursts()];
      },
    ],
    ["single samples, now and then", both(() => (Math.abs(hits()) < 0.001 ? 4 * hits() : 0))],
    ["random signs at full scale", () => [Math.sign(signs()), Math.sign(signs())]],
    ["a sine between the samples (12 kHz, 45°)", both((at) => 2 * Math.sin((Math.PI / 2) * at + Math.PI / 4))],
    ["a sine that begins at once, 12 dB over", both((at) => (at < 5_000 ? 0 : 4 * Math.sin(at * 0.131)))],
    ["a square wave", both((at) => (at % 96 < 48 ? 1 : -1))],
    ["a step to 20 dB over full scale", both((at) => (at < 7_001 ? 0.01 : 10))],
    ["only one ear", (at) => [3 * Math.sin(at * 0.3), 0]],
  ])("lets nothing above −3 dBTP leave: %s", (_, signal) => {
    expect(limited(signal, 150).peak).toBeLessThanOrEqual(-3);
  });

  test("lets nothing above −3 dBTP leave whatever pattern meets the meter's filter worst", () => {
    const seed = random(7);
    let worst = Number.NEGATIVE_INFINITY;
    for (let round = 0; round < 60; round++) {
      const period = 5 + Math.floor(20 * Math.abs(seed()));
      const loud = gainOf(24 * seed());
      const pattern = Array.from({ length: period }, () => loud * Math.sign(seed()) * (Math.abs(seed()) < 0.2 ? 3 : 1));
      const rate = 200 + Math.floor(500 * Math.abs(seed()));
      worst = Math.max(
        worst,
        limited(
          both((at) => pattern[at % period]! * (1 + (at % rate) / rate)),
          12,
        ).peak,
      );
    }
    expect(worst).toBeLessThanOrEqual(-3);
  });

  test("changes nothing that stays below, and is 240 samples late", () => {
    const source = random(5);
    const input = Float32Array.from({ length: 40 * FRAME_SAMPLES }, () => 0.3 * source());
    const { left } = limited(
      both((at) => input[at]!),
      40,
    );
    expect(LIMITER_DELAY).toBe(240);
    expect(left.subarray(0, LIMITER_DELAY).every((sample) => sample === 0)).toBe(true);
    expect(left.subarray(LIMITER_DELAY)).toEqual(input.subarray(0, input.length - LIMITER_DELAY));
  });

  test("passes an impulse that is not too large as it is", () => {
    const { left } = limited(
      both((at) => (at === 1_000 ? 0.5 : 0)),
      3,
    );
    expect(left[1_000 + LIMITER_DELAY]).toBe(0.5);
    expect(left.filter((sample) => sample !== 0)).toHaveLength(1);
  });

  test("keeps silence silent", () => {
    expect(
      limited(
        both(() => 0),
        5,
      ).left.every((sample) => sample === 0),
    ).toBe(true);
  });

  test("moves its gain without a step, comes back, and then changes nothing again", () => {
    // A steady small signal in one ear shows the gain that a burst in the other asks for.
    const frames = 100;
    const { left } = limited((at) => [0.1, at >= 9_600 && at < 14_400 ? 4 * Math.sin(at * 0.2) : 0], frames);
    const gains = Array.from(left.subarray(LIMITER_DELAY), (sample) => sample / 0.1);
    const steps = gains.slice(1).map((gain, index) => Math.abs(gain - gains[index]!));
    expect(decibelsOf(Math.min(...gains))).toBeLessThan(-14);
    expect(Math.max(...steps)).toBeLessThan(0.005);
    expect(gains.slice(-4_800).every((gain) => Math.abs(gain - 1) < 1e-6)).toBe(true);
  });

  test("does not ripple with a steady tone that is too loud", () => {
    const { left } = limited(
      both((at) => 2 * Math.sin((2 * Math.PI * 500 * at) / 48_000)),
      100,
    );
    // A pure tone stays one: what is left after the tone itself is taken away lies 50 dB below.
    const tail = left.subarray(left.length - 9_600);
    let [cos, sin] = [0, 0];
    for (const [i, sample] of tail.entries()) {
      cos += (2 / tail.length) * sample * Math.cos((2 * Math.PI * 500 * i) / 48_000);
      sin += (2 / tail.length) * sample * Math.sin((2 * Math.PI * 500 * i) / 48_000);
    }
    let rest = 0;
    for (const [i, sample] of tail.entries()) {
      const angle = (2 * Math.PI * 500 * i) / 48_000;
      rest += (sample - cos * Math.cos(angle) - sin * Math.sin(angle)) ** 2;
    }
    const power = (cos ** 2 + sin ** 2) / 2;
    expect(10 * Math.log10(rest / tail.length / power)).toBeLessThan(-50);
  });

  test("says when what it holds leaves as it came in, and forgets on request", () => {
    const limiter = createLimiter(-3);
    limited(
      both(() => 0.2),
      3,
      limiter,
    );
    expect(limiter.isIdle()).toBe(true);
    limited(
      both((at) => 2 * Math.sin(at)),
      3,
      limiter,
    );
    expect(limiter.isIdle()).toBe(false);
    limiter.reset();
    expect(limiter.isIdle()).toBe(true);
    expect(
      limited(
        both(() => 0.2),
        1,
        limiter,
      ).left[LIMITER_DELAY],
    ).toBe(Math.fround(0.2));
  });
});
