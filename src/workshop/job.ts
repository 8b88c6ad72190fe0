import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Sound } from "../library/sound.ts";
import { RECIPES } from "../synth/recipes.ts";

/** Raised when what happens between recipe and file changes what is heard. */
const PIPELINE = 3;

/** One recipe to render; plain data, as it goes to a thread. */
export interface Job {
  readonly recipe: string;
  readonly seed: number;
  readonly seconds: number;
  readonly title: string;
  readonly licence: string;
  /** Where the file is to lie. */
  readonly path: string;
}

/**
 * @param cache directory of rendered sounds
 * @returns the job that makes the sound, or undefined when it has no recipe that is known
 */
export const jobOf = ({ id, title, licence, origin }: Sound, cache: string): Job | undefined => {
  if (origin.kind !== "recipe") return undefined;
  const { recipe, seed, seconds } = origin;
  const version = RECIPES.get(recipe)?.version;
  if (version === undefined) return undefined;
  const name = createHash("sha256")
    .update(JSON.stringify([PIPELINE, recipe, version, seed, seconds]))
    .digest("hex")
    .slice(0, 12);
  return { recipe, seed, seconds, title, licence, path: join(cache, `${id}-${name}.opus`) };
};

/** Whether a file of the cache was made for this sound, now or by an earlier recipe. */
export const isMadeFor = (file: string, sound: Sound): boolean =>
  file.startsWith(`${sound.id}-`) && /^[0-9a-f]{12}\.opus$/.test(file.slice(sound.id.length + 1));

/** What a thread tells of its job. */
export type JobReport =
  | { readonly type: "advanced"; readonly fraction: number }
  | { readonly type: "done" }
  | { readonly type: "failed"; readonly reason: string };
