import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Sound } from "../library/sound.ts";
import { RECIPES } from "../synth/recipes.ts";

/** Raised when what happens between recipe and file changes what is heard. */
const PIPELINE = 3;

/** A recipe to make a file of; plain data, as it goes to a process. */
export interface Job {
  readonly title: string;
  readonly licence: string;
  /** Where the file is to lie. */
  readonly path: string;
  readonly recipe: string;
  readonly seed: number;
  readonly seconds: number;
}

/** Names what is made by all that it is made from. */
const nameOf = (...from: readonly unknown[]): string =>
  createHash("sha256").update(JSON.stringify(from)).digest("hex").slice(0, 12);

/**
 * @param cache directory of rendered sounds
 * @returns the job that makes the sound, or undefined when its recipe is unknown or it has none
 */
export const jobOf = ({ id, title, licence, origin }: Sound, cache: string): Job | undefined => {
  const pathOf = (name: string) => join(cache, `${id}-${name}.opus`);
  if (origin.kind !== "recipe") return undefined;
  const { recipe, seed, seconds } = origin;
  const version = RECIPES.get(recipe)?.version;
  if (version === undefined) return undefined;
  const path = pathOf(nameOf(PIPELINE, recipe, version, seed, seconds));
  return { recipe, seed, seconds, title, licence, path };
};

/** Whether a file of the cache was made for this sound, now or by an earlier recipe. */
export const isMadeFor = (file: string, sound: Sound): boolean =>
  file.startsWith(`${sound.id}-`) && /^[0-9a-f]{12}\.opus$/.test(file.slice(sound.id.length + 1));

/** What a thread tells of its job. */
export type JobReport =
  | { readonly type: "advanced"; readonly fraction: number }
  | { readonly type: "done" }
  | { readonly type: "failed"; readonly reason: string };
