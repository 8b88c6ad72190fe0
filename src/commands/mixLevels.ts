import type { Decibels } from "../kernel/units.ts";
import type { Place } from "../library/mix.ts";

/** How loud a layer is within its mix, in plain steps from the loudest to the softest. */
const STEPS: readonly (readonly [name: string, gainDb: Decibels])[] = [
  ["full", 0],
  ["soft", -6],
  ["quiet", -12],
  ["faint", -18],
];

export const LAYER_LEVELS: readonly string[] = STEPS.map(([name]) => name);

/** @returns the level of a step; that of the loudest for anything else */
export const layerGain = (step: string): Decibels => STEPS.find(([name]) => name === step)?.[1] ?? 0;

/** The step nearest to a level. */
export const layerLevel = (gainDb: Decibels): string =>
  STEPS.reduce((best, step) => (Math.abs(step[1] - gainDb) < Math.abs(best[1] - gainDb) ? step : best))[0];

const PLACES: Readonly<Record<Place, string>> = {
  centre: "in the middle",
  left: "left",
  right: "right",
  near: "near",
  far: "far away",
  orbit: "slowly around",
};

export const placeWord = (place: Place): string => PLACES[place];
