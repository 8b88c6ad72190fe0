import { join, resolve } from "node:path";
import { createCatalogue } from "../src/catalogue/catalogue.ts";
import type { PlayableSound } from "../src/catalogue/sound.ts";
import { id, type SoundId } from "../src/kernel/ids.ts";
import { silentLog } from "../src/kernel/log.ts";
import { openCatalogue } from "../src/render/openCatalogue.ts";
import { openRenderer } from "../src/render/renderer.ts";

/** Where shorter loops are kept, apart from those of the bot: each folder has one length. */
const CACHE = resolve(import.meta.dirname, "../.cache/demo");

/**
 * Renders built-in sounds by the bot's own renderer, as loops of another length than the bot's, and keeps the files.
 * @param ids of the catalogue
 * @param seconds of each loop
 * @returns the files, in the same order
 * @throws UserError when a sound is unknown or cannot be rendered
 */
export const renderSounds = async (ids: readonly string[], seconds: number): Promise<readonly PlayableSound[]> => {
  const catalogue = openCatalogue();
  const shorter = ids.map((name) => {
    const sound = catalogue.find(name);
    if (sound?.origin.kind !== "recipe") throw new Error(`The catalogue has no sound ${name} with a recipe`);
    return { ...sound, origin: { ...sound.origin, seconds } };
  });
  const renderer = openRenderer({
    catalogue: createCatalogue(shorter),
    cache: join(CACHE, `${seconds}s`),
    log: silentLog,
  });
  // The processes that render do not keep this one running.
  const awake = setInterval(() => {}, 1_000);
  try {
    return await Promise.all(ids.map((name) => renderer.prepare(id<SoundId>(name))));
  } finally {
    clearInterval(awake);
    await renderer.close();
  }
};
