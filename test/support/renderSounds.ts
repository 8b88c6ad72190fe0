import { resolve } from "node:path";
import type { PlayableSound } from "../../src/catalogue/sound.ts";
import { id, type SoundId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { openCatalogue } from "../../src/render/openCatalogue.ts";
import { openRenderer } from "../../src/render/renderer.ts";

/** Where the tests' rendered sounds are kept from one run to the next. */
export const RENDERED = resolve(import.meta.dirname, "../../.cache/sounds");

/** What rehearsals play. */
const PLAYED = ["ocean", "brown-noise", "pink-noise", "breath-swell", "rain-window"];

/** Renders built-in sounds that are not rendered yet. @returns them, in the same order */
export const renderSounds = async (sounds: readonly string[]): Promise<readonly PlayableSound[]> => {
  const renderer = openRenderer({ catalogue: openCatalogue(), cache: RENDERED, log: silentLog });
  // The processes that render do not keep this one running.
  const awake = setInterval(() => {}, 1_000);
  const rendered = await Promise.all(sounds.map((sound) => renderer.prepare(id<SoundId>(sound))));
  clearInterval(awake);
  await renderer.close();
  return rendered;
};

/** One of them. */
export const renderSound = async (sound: string): Promise<PlayableSound> => (await renderSounds([sound]))[0]!;

/** Once before all tests: those that run at the same time would each render the same. */
export default async (): Promise<void> => {
  const began = performance.now();
  await renderSounds(PLAYED);
  const took = Math.round((performance.now() - began) / 1_000);
  if (took > 0) process.stderr.write(`Rendered what the evenings play in ${took} s.\n`);
};
