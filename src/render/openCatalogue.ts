import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Catalogue, createCatalogue } from "../catalogue/catalogue.ts";
import { parseManifest } from "../catalogue/manifest.ts";
import { soundOfScript } from "../catalogue/script.ts";
import type { Sound } from "../catalogue/sound.ts";
import { UserError } from "../kernel/errors.ts";
import { RECIPES } from "../synth/recipes.ts";

/** The manifest that comes with Lull. */
const MANIFEST = resolve(import.meta.dirname, "../../sounds/catalogue.json");
/** The texts that come with Lull. */
export const SCRIPTS = resolve(import.meta.dirname, "../../sounds/scripts");

/** A script is a page or two. */
const LARGEST_SCRIPT = 200_000;

/**
 * Each recipe must exist, and each variant be one of its choices.
 * @throws UserError that names the place, as the manifest's reader does
 */
const checkRecipes = (sounds: readonly Sound[]): void => {
  for (const [index, { id, origin, variants = [] }] of sounds.entries()) {
    if (origin.kind !== "recipe") continue;
    const check = (holds: boolean, place: string, says: string) => {
      if (holds) return;
      const where = `entry ${index + 1} (${id}), ${place}`;
      throw new UserError("bad-manifest", `The catalogue cannot be read: ${where}: ${says}.`);
    };
    const recipe = RECIPES.get(origin.recipe);
    check(recipe !== undefined, "recipe", `there is no recipe ${origin.recipe}`);
    const choices = recipe?.choices ?? {};
    for (const [place, { settings }] of variants.entries()) {
      for (const [name, value] of Object.entries(settings)) {
        const known = Object.hasOwn(choices, name) ? choices[name] : undefined;
        const says =
          known === undefined
            ? `the recipe ${origin.recipe} has no such choice. It has: ${Object.keys(choices).join(", ") || "none"}`
            : `${value} is not one of ${known.join(", ")}`;
        check(known?.includes(value) === true, `variants.${place}.settings.${name}`, says);
      }
    }
  }
};

/** The scripts of a folder, by their names. @throws UserError that names file and line */
const scriptsIn = (folder: string, taken: Set<string>): readonly Sound[] => {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { withFileTypes: true }).filter(
    (file) => file.isFile() && /\.txt$/iu.test(file.name),
  );
  return files
    .map(({ name }) => name)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      const text = readFileSync(path);
      if (text.length > LARGEST_SCRIPT) throw new UserError("bad-script", `${path} is too long for a script.`);
      const sound = soundOfScript(path, text.toString("utf8"));
      if (taken.has(sound.id)) return [];
      taken.add(sound.id);
      return [sound];
    });
};

/**
 * The sounds that come with Lull, and the scripts that the operator has added.
 * @param options.scripts folders of texts to be whispered; of two with one name the first counts
 * @throws UserError when the manifest or a script is wrong
 */
export const openCatalogue = ({
  manifest = MANIFEST,
  scripts = [SCRIPTS],
}: {
  readonly manifest?: string;
  readonly scripts?: readonly string[];
} = {}): Catalogue => {
  let json: string;
  try {
    json = readFileSync(manifest, "utf8");
  } catch {
    throw new UserError("no-manifest", `The catalogue ${manifest} cannot be read. Restore it from the project.`);
  }
  const sounds = parseManifest(json);
  checkRecipes(sounds);
  const taken = new Set<string>(sounds.map(({ id }) => id));
  const folders = new Set(scripts.map((folder) => resolve(folder)));
  return createCatalogue([...sounds, ...[...folders].flatMap((folder) => scriptsIn(folder, taken))]);
};
