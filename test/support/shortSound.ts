import type { Sound } from "../../src/catalogue/sound.ts";
import { id } from "../../src/kernel/ids.ts";

/** A built-in sound of 12 s, quickly rendered; its title is its id. */
export const shortSound = (name: string, recipe = "brown-noise"): Sound => ({
  id: id(name),
  title: name,
  description: "For a test.",
  trigger: "noise",
  goals: ["sleep"],
  intensity: 1,
  risks: [],
  motion: "static",
  tags: [],
  licence: "CC0-1.0",
  origin: { kind: "recipe", recipe, seed: 1, seconds: 12 },
});
