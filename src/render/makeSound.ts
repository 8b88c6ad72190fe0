import { takeLength } from "../audio/takes.ts";
import type { Frames } from "../kernel/units.ts";
import { framesIn, seconds } from "../kernel/units.ts";
import type { Layers } from "../synth/recipe.ts";
import { RECIPES } from "../synth/recipes.ts";
import type { Level } from "./master.ts";
import type { RenderableOrigin } from "./renderJob.ts";

/** What is to be rendered, with the level it is to have. */
export interface RenderedLayers extends Level {
  readonly layers: Layers;
  readonly length: Frames;
  /** Set where it is heard once: from here on, a quiet bed goes on. */
  readonly bedFrom?: Frames | undefined;
  /** Set where it keeps time: its course repeats after this. */
  readonly period?: Frames | undefined;
}

/** The seeds of a sound's takes; the recipes use a few beside each. */
const TAKE_SEED = 100_003;

/** Whispered words, as the whisper without. */
const SPOKEN: Level = { loudness: -30, onsetCap: 11.2 };

/**
 * Looks a recipe up, or has a script spoken.
 * @param opening only the beginning of it, a loop of its own
 * @param take from 0; the same recipe with another seed, and of another length
 * @throws Error when there is no such recipe
 */
export const makeSound = async (origin: RenderableOrigin, opening?: Frames, take = 0): Promise<RenderedLayers> => {
  if (origin.kind === "script") {
    // Only words need what reads them: it takes a process longer to load than all recipes.
    const { speakScript } = await import("./speakScript.ts");
    return { ...SPOKEN, ...(await speakScript(origin, opening)) };
  }
  const { recipe: name, settings } = origin;
  const recipe = RECIPES.get(name);
  if (recipe === undefined) throw new Error(`There is no recipe ${name}`);
  const { loudness, onsetCap, period } = recipe;
  const length = opening ?? takeLength(framesIn(seconds(origin.seconds)), take, period);
  const layers = recipe.create({ seed: origin.seed + take * TAKE_SEED, length, settings });
  return { loudness, onsetCap, period, length, layers };
};
