import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import { type Catalogue, createCatalogue } from "../library/catalogue.ts";
import { parseManifest } from "../library/manifest.ts";
import { findUserSounds } from "./userSounds.ts";

/** The manifest that comes with Lull. */
export const MANIFEST = resolve(import.meta.dirname, "../../sounds/catalogue.json");

/**
 * The built-in sounds, and the Ogg Opus files that a host has added.
 * @param folder directory of the host's files
 * @throws UserError when the manifest is wrong; a file that is wrong is skipped with a line in the log
 */
export const openCatalogue = ({
  manifest = MANIFEST,
  folder,
  log,
}: {
  readonly manifest?: string;
  readonly folder: string;
  readonly log: Log;
}): Catalogue => {
  let json: string;
  try {
    json = readFileSync(manifest, "utf8");
  } catch {
    throw new UserError("no-manifest", `The catalogue ${manifest} cannot be read. Restore it from the project.`);
  }
  const builtIn = parseManifest(json);
  const added = findUserSounds(folder, new Set(builtIn.map(({ id }) => id)), log);
  return createCatalogue([...builtIn, ...added]);
};
