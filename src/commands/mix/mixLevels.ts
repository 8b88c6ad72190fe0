import type { Placement } from "../../catalogue/mix.ts";
import { plain, type Text, text } from "../../kernel/text.ts";
import type { Decibels } from "../../kernel/units.ts";

/** How loud a layer is within its mix, in plain steps from the loudest to the softest. */
const STEPS: readonly (readonly [name: string, gainDb: Decibels, word: Text])[] = [
  ["full", 0, text`full`],
  ["soft", -6, text`soft`],
  ["quiet", -12, text`quiet`],
  ["faint", -18, text`faint`],
];

export const LAYER_LEVELS: readonly string[] = STEPS.map(([name]) => name);

/** @returns the level of a step; that of the loudest for anything else */
export const layerGain = (step: string): Decibels => STEPS.find(([name]) => name === step)?.[1] ?? 0;

/** The step nearest to a level. */
export const layerLevel = (gainDb: Decibels): string =>
  STEPS.reduce((best, step) => (Math.abs(step[1] - gainDb) < Math.abs(best[1] - gainDb) ? step : best))[0];

/** A step in a word. */
export const levelWord = (step: string): Text => STEPS.find(([name]) => name === step)?.[2] ?? plain(step);

const PLACES: Readonly<Record<Placement, Text>> = {
  centre: text`in the middle`,
  left: text`left`,
  right: text`right`,
  near: text`near`,
  far: text`far away`,
  orbit: text`slowly around`,
};

export const placeWord = (place: Placement): Text => PLACES[place];
