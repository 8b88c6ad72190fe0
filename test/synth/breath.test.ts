import { expect, test } from "vitest";
import { createFrame } from "../../src/audio/format.ts";
import { BREATHS, type BreathName, breathAt, breathSeconds } from "../../src/kernel/breath.ts";
import { framesIn, seconds } from "../../src/kernel/units.ts";
import { renderLoop } from "../../src/render/loop.ts";
import { openCatalogue } from "../../src/render/openCatalogue.ts";
import { renderJobOf } from "../../src/render/renderJob.ts";
import { RECIPES } from "../../src/synth/recipes.ts";

const SOUNDS: Readonly<Record<BreathName, string>> = {
  "4-6": "breath-swell",
  box: "breath-box",
  "4-7-8": "breath-4-7-8",
  sigh: "breath-sigh",
};
const names = Object.keys(BREATHS) as BreathName[];
const sound = (name: BreathName) => openCatalogue().find(SOUNDS[name])!;

test.each(names)("a breath of %s begins and ends with empty lungs, fills them, and never jumps", (name) => {
  const length = breathSeconds(name);
  const full = Array.from({ length: 50 * length + 1 }, (_, i) => breathAt(name, i / 50).full);
  expect([full[0], full.at(-1)]).toEqual([0, 0]);
  expect(Math.max(...full)).toBe(1);
  for (const [i, one] of full.entries()) expect(Math.abs(one - (full[i - 1] ?? one))).toBeLessThan(0.011);
});

test("what is held stays as it is, and a second breath in comes on top of the first", () => {
  expect([4, 6, 7.9].map((at) => breathAt("box", at).full)).toEqual([1, 1, 1]);
  expect([12, 14, 15.9].map((at) => breathAt("box", at).full)).toEqual([0, 0, 0]);
  expect([3, 4].map((at) => breathAt("sigh", at).full)).toEqual([0.75, 1]);
});

/** How loud each frame of a loop is, in decibels, over half a second. */
const envelopeOf = (name: BreathName, breaths: number) => {
  const { recipe, seed } = sound(name).origin as { recipe: string; seed: number };
  const length = framesIn(seconds(breaths * breathSeconds(name)));
  const loop = renderLoop(RECIPES.get(recipe)!.create({ seed, length }), length);
  const frame = createFrame();
  const power = Array.from({ length }, (_, index) => {
    loop.read(index, frame);
    return frame.left.reduce((sum, x) => sum + x * x, 0);
  });
  return power.map((_, i) => {
    let sum = 0;
    for (let near = -12; near <= 12; near++) sum += power[(i + near + length) % length]!;
    return 10 * Math.log10(sum);
  });
};

const correlation = (one: readonly number[], other: readonly number[]): number => {
  const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  const [a, b] = [mean(one), mean(other)];
  const dot = (f: (i: number) => number) => one.reduce((sum, _, i) => sum + f(i), 0);
  return (
    dot((i) => (one[i]! - a) * (other[i]! - b)) /
    Math.sqrt(dot((i) => (one[i]! - a) ** 2) * dot((i) => (other[i]! - b) ** 2))
  );
};

test.each(names)("the sound of %s swells and ebbs as one breathes, from the first frame of its loop on", (name) => {
  const envelope = envelopeOf(name, 2);
  const breath = envelope.map((_, i) => breathAt(name, i * 0.02).full);
  expect(correlation(envelope, breath)).toBeGreaterThan(0.93);
  // As clearly as a listener needs it, and nowhere faster than 12 dB a second.
  const [low, high] = [Math.min(...envelope), Math.max(...envelope)];
  expect(high - low).toBeGreaterThan(8);
  for (let i = 50; i < envelope.length; i++) expect(Math.abs(envelope[i]! - envelope[i - 50]!)).toBeLessThan(12);
});

test.each(names)("the loop of %s, and its beginning alone, hold whole breaths", (name) => {
  const { origin } = sound(name);
  if (origin.kind !== "recipe") throw new Error("It is no recipe");
  expect(origin.seconds % breathSeconds(name)).toBe(0);
  const opening = renderJobOf(sound(name), "/cache", true)!.opening!;
  expect(opening % framesIn(seconds(breathSeconds(name)))).toBe(0);
  expect(opening).toBeGreaterThanOrEqual(800);
});
