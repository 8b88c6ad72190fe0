import { expect, test } from "vitest";
import { failures, openMeter } from "../../src/visuals/gates.ts";

const SIZE = 16;
const RATE = 12;

/** Measures a loop of 8 seconds whose pixels are as bright as said, from 0 to 1. */
const measure = (level: (seconds: number, column: number) => number) => {
  const meter = openMeter(SIZE, RATE);
  for (let frame = 0; frame < 8 * RATE; frame++) {
    const rgb = Uint8Array.from({ length: SIZE * SIZE * 3 }, (_, at) =>
      Math.round(255 * level(frame / RATE, Math.floor(at / 3) % SIZE)),
    );
    meter.add(rgb);
  }
  return meter.measure();
};

const wave = (hertz: number, swing: number) => (seconds: number) =>
  0.12 + (swing / 2) * Math.sin(2 * Math.PI * hertz * seconds);

test("a dim light that breathes passes", () => {
  expect(failures(measure(wave(0.125, 0.1)))).toEqual([]);
});

test("a bright one does not", () => {
  expect(failures(measure(() => 0.3))).toEqual(["brightness"]);
});

test("flicker faster than 3 Hz is found, in a part of the picture too", () => {
  expect(failures(measure(wave(4, 0.03)))).toContain("flicker");
  const corner = measure((seconds, column) => (column < 2 ? wave(4, 0.06)(seconds) : 0.1));
  expect(corner.flicker).toBeLessThan(0.02);
  expect(failures(corner)).toContain("partFlicker");
});

test("the same swing below 3 Hz is no flicker", () => {
  expect(measure(wave(0.5, 0.03)).flicker).toBeLessThan(0.005);
});

test("a seam that jumps is found, though every other step is small", () => {
  const measured = measure((seconds) => 0.05 + 0.015 * seconds);
  expect(measured.step).toBeCloseTo(0.12, 1);
  expect(failures(measured)).toContain("step");
});
