import { expect, test } from "vitest";
import { createCatalogue } from "../../src/catalogue/catalogue.ts";
import { parseManifest } from "../../src/catalogue/manifest.ts";
import type { Sound } from "../../src/catalogue/sound.ts";
import { id } from "../../src/kernel/ids.ts";
import { openCatalogue } from "../../src/render/openCatalogue.ts";

const entry = {
  id: "rain-window",
  title: "Rain on Glass",
  description: "Rain against the window.",
  trigger: "rain",
  tags: ["window", "glass"],
  goals: ["sleep"],
  intensity: 2,
  risks: [],
  motion: "static",
  licence: "CC0-1.0",
  recipe: "rain-window",
  seed: 4,
  seconds: 300,
};
const manifest = (...entries: readonly unknown[]) => JSON.stringify({ sounds: entries });

test("an entry of the manifest becomes a sound with its recipe", () => {
  expect(parseManifest(manifest(entry))).toEqual([
    expect.objectContaining({
      id: "rain-window",
      origin: { kind: "recipe", recipe: "rain-window", seed: 4, seconds: 300 },
    }),
  ]);
});

test("what is wrong in the manifest is named by entry and field", () => {
  for (const [json, says] of [
    [manifest(entry, { ...entry, id: "rain-tin", intensity: 9 }), "entry 2 (rain-tin), intensity: "],
    [manifest({ ...entry, trigger: "thunder" }), "entry 1 (rain-window), trigger: "],
    [manifest({ ...entry, goals: ["sleep", "work"] }), "entry 1 (rain-window), goals.1: "],
    [manifest({ ...entry, id: "Rain Window" }), "id: must be lower-case words joined by hyphens"],
    [manifest({ ...entry, loudness: 3 }), "loudness"],
    [manifest(entry, entry), "entry 2 (rain-window), id: is that of entry 1 already"],
    [manifest("rain"), "entry 1: "],
    ["[]", "expected object"],
    ["{", "it is not JSON"],
  ] as const) {
    expect(() => parseManifest(json)).toThrow(expect.objectContaining({ name: "UserError", code: "bad-manifest" }));
    expect(() => parseManifest(json)).toThrow(says);
  }
});

const sound = (name: string, title: string, trigger: Sound["trigger"], ...tags: string[]): Sound => ({
  id: id(name),
  title,
  description: "For a test.",
  trigger,
  goals: ["sleep"],
  intensity: 1,
  risks: [],
  motion: "static",
  tags,
  licence: "CC0-1.0",
  origin: { kind: "recipe", recipe: name, seed: 1, seconds: 60 },
});

const few = createCatalogue([
  sound("rain-window", "Rain on Glass", "rain", "window"),
  sound("rain-garden", "Garden Rain", "rain", "leaves"),
  sound("tap-glass", "Glass Tapping", "tapping"),
  sound("scissors", "Haircut", "personal attention", "scissors"),
  sound("brush-ears", "Soft Brush", "brushing"),
  sound("whisper-babble", "Unintelligible Whisper", "whisper"),
]);
const found = (text: string) => few.search(text).map((one) => one.id);

test("the beginning of a title comes before words inside, and those before tags", () => {
  expect(found("gla").slice(0, 2)).toEqual(["tap-glass", "rain-window"]);
  expect(found("rain")[0]).toBe("rain-window");
  expect(found("window")).toEqual(["rain-window"]);
  expect(found("garden rain")[0]).toBe("rain-garden");
});

test("synonyms, other languages and slips of the finger find the sound", () => {
  expect(found("hairdresser")[0]).toBe("scissors");
  expect(found("Regen")[0]).toMatch(/^rain/);
  expect(found("flüstern")[0]).toBe("whisper-babble");
  expect(found("fluster")[0]).toBe("whisper-babble");
  expect(found("雨")[0]).toMatch(/^rain/);
  expect(found("wisper")[0]).toBe("whisper-babble");
  expect(found("haircutt")[0]).toBe("scissors");
  expect(found("soft bursh")[0]).toBe("brush-ears");
});

test("a thing is found by its names in five languages, and within a sentence without spaces", () => {
  for (const name of ["Haarschnitt", "tijeras", "ciseaux", "散髪", "barber"]) expect(found(name)[0]).toBe("scissors");
  for (const name of ["Fenster", "ventana", "fenêtre", "窓"]) expect(found(name)[0]).toBe("rain-window");
  expect(found("雨の音")[0]).toMatch(/^rain/);
});

test("what a guild plays often comes first among what fits as well", () => {
  const uses = (name: string) => (name === "rain-garden" ? 12 : 0);
  expect(few.search("Regen").map(({ id }) => id)[0]).toBe("rain-window");
  expect(few.search("Regen", 25, uses)[0]?.id).toBe("rain-garden");
  expect(few.search("", 3, uses)[0]?.id).toBe("rain-garden");
  // It does not push aside what was meant.
  expect(few.search("glass tap", 25, uses)[0]?.id).toBe("tap-glass");
});

const rain = { ...entry, variants: [{ name: "heavy", title: "heavy", settings: { rain: "heavy" } }] };

test("a variant is found beside its sound, by an id of its own, and is not counted among the sounds", () => {
  const catalogue = createCatalogue(parseManifest(manifest(rain)));
  expect(catalogue.sounds).toHaveLength(1);
  expect(catalogue.find("rain-window-heavy")).toMatchObject({
    title: "Rain on Glass · heavy",
    variantOf: "rain-window",
    origin: { recipe: "rain-window", settings: { rain: "heavy" } },
  });
  expect(catalogue.search("rain").map(({ id }) => id)).toEqual(["rain-window", "rain-window-heavy"]);
  expect(catalogue.search("rain heavy")[0]?.id).toBe("rain-window-heavy");
});

test("what is wrong with a variant is named by its place", () => {
  const [variant] = rain.variants;
  for (const [json, says] of [
    [manifest({ ...rain, variants: [] }), "entry 1 (rain-window), variants: must name one variant"],
    [manifest({ ...rain, variants: [{ ...variant, name: "Heavy!" }] }), "variants.0.name: must be lower-case"],
    [manifest({ ...rain, variants: [{ ...variant, settings: {} }] }), "variants.0.settings: must choose something"],
    [manifest({ ...rain, variants: [variant, variant] }), "variants.1.name: rain-window-heavy: is that of entry 1"],
    [manifest(rain, { ...entry, id: "rain-window-heavy" }), "rain-window-heavy: is that of entry 2 already"],
  ] as const)
    expect(() => parseManifest(json)).toThrow(says);
});

test("nothing, and nothing like it", () => {
  expect(found("")).toHaveLength(6);
  expect(found("  ?! ")).toHaveLength(6);
  expect(found("zzqx")).toEqual([]);
  expect(found("x".repeat(10_000))).toEqual([]);
  expect(few.find("__proto__")).toBeUndefined();
  expect(few.byTrigger("rain").map((one) => one.id)).toEqual(["rain-window", "rain-garden"]);
});

test("5,000 sounds are searched as one types", async () => {
  const words = ["Rain", "Brush", "Slow", "Glass", "Night", "Paper", "Fire", "Soft"];
  const pick = (i: number) => words[i % words.length]!;
  const many = createCatalogue(
    Array.from({ length: 5_000 }, (_, i) =>
      sound(`s-${i}`, `${pick(i)} ${pick(i >> 3)} ${i}`, "rain", pick(i >> 6), `tag${i}`),
    ),
  );
  expect(await many.indexed).toBe(true);
  many.search("warm");
  const times = ["r", "ra", "rain n", "brsh", "glass night 40"].map((text) => {
    const started = performance.now();
    expect(many.search(text).length).toBeGreaterThan(0);
    return performance.now() - started;
  });
  console.log(`5,000 sounds are searched in ${times.map((ms) => ms.toFixed(1)).join(", ")} ms`);
  // Measured at 5 to 15 ms; the bound is for a busy machine.
  expect(Math.min(...times)).toBeLessThan(50);
});

test("several words of which one is only a little like something are no sound that is known", () => {
  expect(openCatalogue().search("our gutter")).toEqual([]);
});
