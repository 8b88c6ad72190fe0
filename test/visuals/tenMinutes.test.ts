import { expect, test } from "vitest";
import { createSteadyLight, lightOf } from "../../src/remote/client/light.ts";
import { openLoop } from "../../src/visuals/loop.ts";
import { LIVE_DRAWINGS } from "../../src/visuals/scenes.ts";
import { PICTURE_DELAY } from "../../src/visuals/visualRequest.ts";
import { FLASH, mostChange, mostFlashes, seenIn } from "./flashes.ts";

/** Small: a part is four pixels wide, so that what crosses it changes it in jumps, more than it would in full size. */
const SIZE = 32;
/** Pictures a second. */
const RATE = 1_000 / PICTURE_DELAY;
const TEN_MINUTES = Math.round(600 * RATE);
const THIRD_OF_A_SECOND = Math.ceil(RATE / 3);

/** The luminance that a sound leaves a visual which it swells with, at its worst: very loud and very soft by turns. */
const SWELLING = (() => {
  const light = createSteadyLight();
  return Float64Array.from({ length: TEN_MINUTES }, (_, at) => {
    const isLoud = Math.floor((at / RATE) * 2) % 2 === 0;
    return light.towards(lightOf(isLoud ? 12 : -12), 1 / RATE) ** 2.2;
  });
})();

/** What a loop shows in ten minutes. @param once a value for each of its pictures */
const forTenMinutes = (once: Float64Array): Float64Array => {
  const course = new Float64Array(TEN_MINUTES);
  for (let at = 0; at < TEN_MINUTES; at += once.length) course.set(once.subarray(0, TEN_MINUTES - at), at);
  return course;
};

/** The same, as it swells with a sound. */
const swollen = (course: Float64Array): Float64Array => {
  const result = new Float64Array(course.length);
  for (let at = 0; at < course.length; at++) result[at] = course[at]! * SWELLING[at]!;
  return result;
};

/**
 * WCAG 2.2, 2.3.1 allows three flashes a second, or any number below its thresholds for area and contrast. What is
 * watched in the dark stays below the threshold of contrast in every part of the picture.
 */
test.each([...LIVE_DRAWINGS])("%s, as it is shown live, does not flash in ten minutes", (_id, drawing) => {
  const loop = openLoop(drawing, SIZE);
  const seen = Array.from({ length: loop.steps }, (_, step) => seenIn(loop.picture(step), SIZE));
  const [whole, ...parts] = seen[0]!.map((_, part) => ({
    luminance: forTenMinutes(Float64Array.from(seen, (parts) => parts[part]!.luminance)),
    red: forTenMinutes(Float64Array.from(seen, (parts) => parts[part]!.red)),
  }));
  for (const { luminance, red } of [whole!, ...parts]) {
    expect(mostFlashes(luminance, RATE, FLASH.luminance)).toBeLessThan(1);
    expect(mostFlashes(swollen(luminance), RATE, FLASH.luminance)).toBeLessThan(1);
    expect(mostFlashes(red, RATE, FLASH.red)).toBe(0);
  }
  // What repeats need not be looked at again: two loops have every stretch.
  const twice = 2 * loop.steps;
  expect(mostChange(whole!.luminance.subarray(0, twice), THIRD_OF_A_SECOND)).toBeLessThan(0.01);
  for (const { luminance } of parts)
    expect(mostChange(luminance.subarray(0, twice), THIRD_OF_A_SECOND)).toBeLessThan(FLASH.luminance);
});

test("flashes are found: four a second of a tenth, and of red; slow or small ones are none", () => {
  const wave = (hertz: number, swing: number) =>
    Array.from({ length: 10 * RATE }, (_, at) => 0.2 + (swing / 2) * Math.sin((2 * Math.PI * hertz * at) / RATE));
  expect(mostFlashes(wave(4, 0.12), RATE, FLASH.luminance)).toBeGreaterThan(3);
  expect(mostFlashes(wave(4, 0.09), RATE, FLASH.luminance)).toBe(0);
  expect(mostFlashes(wave(0.5, 0.3), RATE, FLASH.luminance)).toBeLessThanOrEqual(1);
  const red = new Uint8Array(SIZE * SIZE * 3).map((_, at) => (at % 3 === 0 ? 255 : 0));
  expect(seenIn(red, SIZE)[9]).toEqual({ luminance: expect.closeTo(0.2126), red: expect.closeTo(320) });
  expect(seenIn(new Uint8Array(SIZE * SIZE * 3).fill(255), SIZE)[0]).toEqual({ luminance: expect.closeTo(1), red: 0 });
});
