import type { AudioNode } from "../audio/format.ts";
import type { Frames } from "../kernel/units.ts";

/** What a recipe is asked for: the same request gives the same sound on every machine. */
export interface RecipeRequest {
  readonly seed: number;
  /** Length of the loop. */
  readonly length: Frames;
  /** One of each of the recipe's choices; the first where nothing is said. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
}

/**
 * The two halves of a loop. Both run on without end; what comes after `length` frames differs:
 * - `bed` never repeats (noise); its end is crossfaded into its beginning.
 * - `events` repeats itself exactly after `length` frames once it has run in (taps, wave crests).
 */
export interface Layers {
  readonly bed?: AudioNode;
  readonly events?: AudioNode;
  /** Frames that the events need until the end of the loop is heard in its beginning; a few seconds by default. */
  readonly runIn?: Frames;
}

/**
 * A loop begins so many frames after its layers do: their end fades into what came before, while
 * filters and reverberation fill up.
 */
export const LEAD_IN: Frames = 125;

/** How one built-in sound is made. */
export interface Recipe {
  /** Raised with every change that can be heard, so that caches know. */
  readonly version: number;
  /** Integrated loudness of the loop in LUFS. */
  readonly loudness: number;
  /** No 20 ms of it may be louder than this over the integrated loudness; louder ones are turned down. */
  readonly onsetCap: number;
  /** After how many frames its course repeats, where it keeps time: its beginning alone holds whole ones. */
  readonly period?: Frames;
  /** What a listener would name: how hard it rains, which wood. The first of each is what the recipe is without a choice. */
  readonly choices?: Readonly<Record<string, readonly [string, ...string[]]>>;
  create(request: RecipeRequest): Layers;
}

/** Whether a recipe has what is chosen of it. */
export const areChoices = ({ choices = {} }: Recipe, settings: RecipeRequest["settings"] = {}): boolean =>
  Object.entries(settings).every(([name, value]) => Object.hasOwn(choices, name) && choices[name]!.includes(value));

/** What is made of each of a choice's words; the first of them where nothing is said. */
export const chosen = <T>(settings: RecipeRequest["settings"], name: string, of: Readonly<Record<string, T>>): T => {
  const value = settings?.[name];
  return value !== undefined && Object.hasOwn(of, value) ? of[value]! : Object.values(of)[0]!;
};

/** A choice's words, as a recipe offers them. */
export const wordsOf = (of: Readonly<Record<string, unknown>>): readonly [string, ...string[]] => {
  const [first = "", ...rest] = Object.keys(of);
  return [first, ...rest];
};
