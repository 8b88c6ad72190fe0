import { expect, test } from "vitest";
import { GOOD_MIXES } from "../../src/catalogue/goodMixes.ts";
import { createGuildCatalogue } from "../../src/catalogue/guildCatalogue.ts";
import { MAX_LAYERS, SOFTEST_LAYER } from "../../src/catalogue/mix.ts";
import { GOALS, RISKS, type Sound, TRIGGERS } from "../../src/catalogue/sound.ts";
import { suitabilityOf } from "../../src/listeners/suitability.ts";
import { surpriseMix } from "../../src/listeners/surpriseMix.ts";
import { openCatalogue } from "../../src/render/openCatalogue.ts";

/** As a guild sees it that has turned nothing on. */
const { sounds, find } = createGuildCatalogue(openCatalogue().sounds).catalogue;
const SEEDS = Array.from({ length: 200 }, (_, seed) => seed);
const idsOf = (mix: readonly { readonly sound: Sound }[] | undefined) => mix?.map(({ sound }) => sound.id).join("+");
const GOOD = new Set(GOOD_MIXES.map((mix) => mix.map(({ sound }) => sound).join("+")));

test("each mix put together by hand has two sounds or more that exist, once each, quieter than alone", () => {
  expect(GOOD.size).toBe(GOOD_MIXES.length);
  for (const mix of GOOD_MIXES) {
    expect(mix.length).toBeGreaterThan(1);
    expect(mix.length).toBeLessThanOrEqual(MAX_LAYERS);
    expect(new Set(mix.map(({ sound }) => sound)).size).toBe(mix.length);
    for (const { sound, gainDb, place } of mix) {
      const known = find(sound);
      expect(known, sound).toBeDefined();
      expect(gainDb).toBeLessThan(0);
      expect(gainDb).toBeGreaterThan(SOFTEST_LAYER);
      if (known?.motion !== "static") expect(["centre", "far"], sound).toContain(place);
    }
  }
});

test("for each goal, and whatever single quality or kind is avoided, some mix put together by hand is left", () => {
  const left = (suits: (sound: Sound) => boolean) =>
    GOOD_MIXES.filter((mix) => mix.every(({ sound }) => suits(find(sound)!))).length;
  for (const goal of GOALS)
    expect(
      left(({ goals }) => goals.includes(goal)),
      goal,
    ).toBeGreaterThan(0);
  for (const risk of RISKS)
    expect(
      left(({ risks }) => !risks.includes(risk)),
      risk,
    ).toBeGreaterThan(5);
  for (const kind of TRIGGERS)
    expect(
      left(({ trigger }) => trigger !== kind),
      kind,
    ).toBeGreaterThan(5);
});

test("a surprise is mostly one of them, and now and then another that goes together", () => {
  const mixes = SEEDS.map((seed) => surpriseMix(sounds, [], { seed, suits: () => true }));
  const good = mixes.filter((mix) => GOOD.has(idsOf(mix) ?? "")).length;
  expect(good).toBeGreaterThan(100);
  expect(good).toBeLessThan(SEEDS.length);
  expect(new Set(mixes.map(idsOf)).size).toBeGreaterThan(30);
});

test("a surprise holds nothing that is avoided, nothing that misses the goal, and comes from the same seed again", () => {
  const list = { triggers: ["rain", "tapping"], risks: ["breath", "repetitive click"], mode: "always" } as const;
  const suits = (sound: Sound) => suitabilityOf(sound, [list]) === "suitable";
  for (const goal of GOALS) {
    for (const seed of SEEDS) {
      const mix = surpriseMix(sounds, [], { goal, seed, suits }) ?? [];
      expect(mix.every(({ sound }) => suits(sound) && sound.goals.includes(goal))).toBe(true);
      expect(idsOf(surpriseMix(sounds, [], { goal, seed, suits }))).toBe(idsOf(mix));
    }
  }
});

test("what was heard last night comes after what was not", () => {
  const [mix = []] = GOOD_MIXES;
  const heard = mix.map(({ sound }) => ({ sound, date: "2026-03-12", minutes: 60 }));
  for (const seed of SEEDS) {
    const chosen = surpriseMix(sounds, heard, { seed, suits: () => true }) ?? [];
    expect(chosen.map(({ sound }) => sound.id).filter((one) => mix.some(({ sound }) => sound === one))).toEqual([]);
  }
});
