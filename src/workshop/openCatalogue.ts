import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../kernel/errors.ts";
import { type Catalogue, createCatalogue } from "../library/catalogue.ts";
import { parseManifest } from "../library/manifest.ts";

/** The manifest that comes with Lull. */
export const MANIFEST = resolve(import.meta.dirname, "../../sounds/catalogue.json");

/**
 * The sounds that come with Lull.
 * @throws UserError when the manifest is wrong
 */
export const openCatalogue = ({ manifest = MANIFEST }: { readonly manifest?: string } = {}): Catalogue => {
  let json: string;
  try {
    json = readFileSync(manifest, "utf8");
  } catch {
    throw new UserError("no-manifest", `The catalogue ${manifest} cannot be read. Restore it from the project.`);
  }
  return createCatalogue(parseManifest(json));
};
