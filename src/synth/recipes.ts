import type { Recipe } from "./recipe.ts";
import { brushEars } from "./recipes/brush.ts";
import { crinklePaper, crinklePlastic } from "./recipes/crinkle.ts";
import { fire } from "./recipes/fire.ts";
import { brownNoise, cabin, fan, pinkNoise } from "./recipes/noise.ts";
import { ocean } from "./recipes/ocean.ts";
import { rainGarden, rainTent, rainTin, rainWindow } from "./recipes/rain.ts";
import { tapCeramic, tapGlass, tapPlastic, tapWood } from "./recipes/taps.ts";
import { whisperBabble } from "./recipes/whisper.ts";
import { wind } from "./recipes/wind.ts";

/** Every recipe by the name that the manifest gives it. */
export const RECIPES: ReadonlyMap<string, Recipe> = new Map([
  ["brown-noise", brownNoise],
  ["pink-noise", pinkNoise],
  ["fan", fan],
  ["cabin", cabin],
  ["rain-window", rainWindow],
  ["rain-tent", rainTent],
  ["rain-tin", rainTin],
  ["wind", wind],
  ["tap-glass", tapGlass],
  ["tap-ceramic", tapCeramic],
  ["tap-plastic", tapPlastic],
  ["crinkle-plastic", crinklePlastic],
  ["rain-garden", rainGarden],
  ["ocean", ocean],
  ["fire", fire],
  ["tap-wood", tapWood],
  ["crinkle-paper", crinklePaper],
  ["brush-ears", brushEars],
  ["whisper-babble", whisperBabble],
]);
