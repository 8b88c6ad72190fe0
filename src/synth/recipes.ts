import type { Recipe } from "./recipe.ts";
import { brookLight, crickets, dawnBirds, forestNight } from "./recipes/birds.ts";
import { bowl, heartbeat, purr, stethoscope } from "./recipes/body.ts";
import { breath478, breathBox, breathSigh, breathSwell } from "./recipes/breath.ts";
import { brushEars } from "./recipes/brush.ts";
import { rainCar } from "./recipes/car.ts";
import { earCleaning, earCupping, earMassage, handLotion, softBlowing } from "./recipes/care.ts";
import { windChimes } from "./recipes/chimes.ts";
import { clock } from "./recipes/clock.ts";
import { bubbleWrap, crinklePaper, crinklePlastic } from "./recipes/crinkle.ts";
import { sandCutting, snow } from "./recipes/crunch.ts";
import { pages, towel, typing } from "./recipes/desk.ts";
import { fire } from "./recipes/fire.ts";
import { vinyl, washingMachine } from "./recipes/machines.ts";
import { brownNoise, cabin, fan, pinkNoise, whiteNoise } from "./recipes/noise.ts";
import { ocean } from "./recipes/ocean.ts";
import { boat, cafe, nightTrain } from "./recipes/places.ts";
import { rainGarden, rainTent, rainTin, rainWindow } from "./recipes/rain.ts";
import { slime } from "./recipes/slime.ts";
import { brushHair, scalp, scratchFabric } from "./recipes/strokes.ts";
import { tapCeramic, tapGlass, tapPlastic, tapWood } from "./recipes/taps.ts";
import { marbles, scissors, spray } from "./recipes/tools.ts";
import { triggerWords } from "./recipes/triggerWords.ts";
import { drips, fizz, pour, stream } from "./recipes/water.ts";
import { thunder, waterfall } from "./recipes/weather.ts";
import { whisperBabble } from "./recipes/whisper.ts";
import { wind } from "./recipes/wind.ts";
import { chalk, pencil } from "./recipes/writing.ts";

/** Every recipe by the name that the manifest gives it. */
export const RECIPES: ReadonlyMap<string, Recipe> = new Map([
  ["brown-noise", brownNoise],
  ["pink-noise", pinkNoise],
  ["fan", fan],
  ["cabin", cabin],
  ["rain-window", rainWindow],
  ["rain-tent", rainTent],
  ["rain-tin", rainTin],
  ["stream", stream],
  ["drips", drips],
  ["pour", pour],
  ["bubble-wrap", bubbleWrap],
  ["pages", pages],
  ["typing", typing],
  ["towel", towel],
  ["marbles", marbles],
  ["scissors", scissors],
  ["spray", spray],
  ["wind", wind],
  ["purr", purr],
  ["heartbeat", heartbeat],
  ["bowl", bowl],
  ["scratch-fabric", scratchFabric],
  ["scalp", scalp],
  ["brush-hair", brushHair],
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
  ["white-noise", whiteNoise],
  ["dawn-birds", dawnBirds],
  ["brook-light", brookLight],
  ["forest-night", forestNight],
  ["crickets", crickets],
  ["thunder", thunder],
  ["waterfall", waterfall],
  ["night-train", nightTrain],
  ["cafe", cafe],
  ["washing-machine", washingMachine],
  ["vinyl", vinyl],
  ["boat", boat],
  ["wind-chimes", windChimes],
  ["breath-swell", breathSwell],
  ["breath-box", breathBox],
  ["breath-4-7-8", breath478],
  ["breath-sigh", breathSigh],
  ["ear-cleaning", earCleaning],
  ["ear-massage", earMassage],
  ["ear-cupping", earCupping],
  ["hand-lotion", handLotion],
  ["soft-blowing", softBlowing],
  ["pencil", pencil],
  ["chalk", chalk],
  ["fizz", fizz],
  ["sand-cutting", sandCutting],
  ["snow", snow],
  ["stethoscope", stethoscope],
  ["rain-car", rainCar],
  ["trigger-words", triggerWords],
  ["clock", clock],
  ["slime", slime],
]);
