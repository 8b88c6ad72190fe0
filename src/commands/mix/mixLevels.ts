import { type Message, message, plain } from "../../i18n/message.ts";
import type { Placement } from "../../kernel/placement.ts";
import type { Decibels } from "../../kernel/units.ts";

/** The levels of a layer within its mix, from the loudest to the softest. */
const STEPS = [
  ["full", 0, message("mix.levelFull")],
  ["soft", -6, message("volume.soft")],
  ["quiet", -12, message("volume.quiet")],
  ["faint", -18, message("mix.levelFaint")],
] as const satisfies readonly (readonly [name: string, gainDb: Decibels, word: Message])[];

/** The names of the steps, from the loudest to the softest. */
export const LAYER_LEVELS = STEPS.map(([name]) => name);

/** @returns the gain of a step; that of the loudest for anything else */
export const layerGain = (step: string): Decibels => STEPS.find(([name]) => name === step)?.[1] ?? 0;

/** The step nearest to a gain. */
export const layerLevel = (gainDb: Decibels): string =>
  STEPS.reduce((best, step) => (Math.abs(step[1] - gainDb) < Math.abs(best[1] - gainDb) ? step : best))[0];

/** A step in words. */
export const levelWord = (step: string): Message => STEPS.find(([name]) => name === step)?.[2] ?? plain(step);

const PLACES: Readonly<Record<Placement, Message>> = {
  centre: message("mix.placeCentre"),
  left: message("mix.placeLeft"),
  right: message("mix.placeRight"),
  near: message("mix.placeNear"),
  far: message("mix.placeFar"),
  orbit: message("mix.placeOrbit"),
};

/** A placement in words. */
export const placeWord = (place: Placement): Message => PLACES[place];
