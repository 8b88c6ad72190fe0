import type { Recipe } from "./recipe.ts";
import { brushEars } from "./recipes/brush.ts";
import { crinklePaper } from "./recipes/crinkle.ts";
import { fire } from "./recipes/fire.ts";
import { brownNoise, pinkNoise } from "./recipes/noise.ts";
import { ocean } from "./recipes/ocean.ts";
import { rainGarden, rainWindow } from "./recipes/rain.ts";
import { tapWood } from "./recipes/taps.ts";
import { whisperBabble } from "./recipes/whisper.ts";

/** Every recipe by the name that the manifest gives it. */
export const RECIPES: ReadonlyMap<string, Recipe> = new Map([
  ["brown-noise", brownNoise],
  ["pink-noise", pinkNoise],
  ["rain-window", rainWindow],
  ["rain-garden", rainGarden],
  ["ocean", ocean],
  ["fire", fire],
  ["tap-wood", tapWood],
  ["crinkle-paper", crinklePaper],
  ["brush-ears", brushEars],
  ["whisper-babble", whisperBabble],
]);
