import { describe, expect, test } from "vitest";
import { createSteadyLight, FLOOR, fadeAt, lightAt, lightOf } from "../../src/remote/client/light.ts";

const RATE = 60;
/** Pictures of ten minutes, with the light that a loudness gives each. */
const play = (loudness: (seconds: number) => number): number[] => {
  const light = createSteadyLight();
  return Array.from({ length: 600 * RATE }, (_, index) => light.towards(lightOf(loudness(index / RATE)), 1 / RATE));
};

/**
 * The most flashes in any second by WCAG 2.3.1: pairs of opposing changes of the relative luminance by a tenth of the
 * most or more, for a picture that is white.
 */
const mostFlashes = (lights: readonly number[]): number => {
  const changes: number[] = [];
  let [extreme, direction] = [lights[0]! ** 2.2, 0];
  for (const [index, light] of lights.entries()) {
    const luminance = light ** 2.2;
    if (direction * (luminance - extreme) > 0) extreme = luminance;
    else if (Math.abs(luminance - extreme) >= 0.1) {
      direction = Math.sign(luminance - extreme);
      extreme = luminance;
      changes.push(index / RATE);
    }
  }
  return Math.max(0, ...changes.map((from) => changes.filter((at) => at >= from && at < from + 1).length / 2));
};

describe("light that goes with the sound", () => {
  test.each([0.5, 1, 2, 2.5, 3, 4, 5, 10])(
    "never flashes, even if the sound comes and goes %d times a second",
    (rate) => {
      const lights = play((seconds) => (Math.floor(seconds * rate * 2) % 2 === 0 ? 12 : -12));
      expect(mostFlashes(lights)).toBeLessThan(2);
      expect(Math.max(...lights)).toBeLessThanOrEqual(1);
      expect(Math.min(...lights)).toBeGreaterThanOrEqual(0.7);
    },
  );

  test("swells with a slow wave, and stands where nothing changes", () => {
    const waves = play((seconds) => 4 * Math.sin((2 * Math.PI * seconds) / 8)).slice(RATE * 20);
    expect(Math.max(...waves) - Math.min(...waves)).toBeGreaterThan(0.2);
    expect(new Set(play(() => 0)).size).toBe(1);
  });

  test("does not jump after the page was hidden", () => {
    const light = createSteadyLight();
    expect(light.towards(0, 3_600)).toBeGreaterThan(0.8);
  });
});

describe("what the timer leaves of it", () => {
  const timer = { fadesAt: 1_000, endsAt: 181_000, isSilent: false, isHeld: false };
  test("is all before the fade, half in its middle and nothing at its end", () => {
    expect(lightAt(fadeAt(timer, 0))).toBe(1);
    expect(lightAt(fadeAt(timer, 91_000))).toBeCloseTo(0.5);
    expect(lightAt(fadeAt(timer, 181_000))).toBe(0);
  });
  test("is nothing in the silence after it, and all without a timer or with one that waits", () => {
    expect(fadeAt({ ...timer, isSilent: true }, 0)).toBe(FLOOR);
    expect(fadeAt({ ...timer, isHeld: true }, 200_000)).toBe(0);
    expect(fadeAt(undefined, 0)).toBe(0);
  });
});
