import { readdir, realpath, stat } from "node:fs/promises";
import { basename, extname, isAbsolute, join, relative, resolve } from "node:path";
import { PACK_MANIFEST } from "../catalogue/pack.ts";
import type { Log } from "../kernel/log.ts";

/**
 * Files that are opened, by the endings people give to sound; what they are, their own bytes say.
 */
const ENDINGS = new Set([
  ...[".wav", ".wave", ".bwf", ".rf64", ".aif", ".aiff", ".aifc", ".caf", ".au", ".snd"],
  ...[".mp3", ".mp2", ".mpga", ".flac", ".ogg", ".oga", ".ogx", ".opus", ".spx", ".aac"],
  ...[".m4a", ".m4b", ".m4r", ".mp4", ".mov", ".3gp", ".3g2", ".webm", ".weba", ".mka", ".mkv"],
  ...[".wma", ".amr", ".ape", ".wv", ".tta", ".mpc", ".ra", ".w64", ".dsf", ".mid"],
]);
const MAX_FILES = 5_000;
/** What is looked at on the way to them: folders, and whatever lies in there. */
const MAX_ENTRIES = 200_000;
/** Names that one line of the log gives. */
const NAMED = 10;

/** Lull's own `sounds/`, where the operator's recordings go unless a setting says otherwise. */
const OWN_FOLDER = resolve(import.meta.dirname, "../../sounds");
/** What is no recording, and read elsewhere: the scripts, and the manifest where it is Lull's own. */
const SCRIPT = /^scripts[/\\][^/\\]+\.txt$/;
const MANIFEST = "catalogue.json";

/** Names in a sentence, the first of them. */
const listed = (names: readonly string[]): string =>
  names.length > NAMED ? `${names.slice(0, NAMED).join(", ")} and ${names.length - NAMED} more` : names.join(", ");

/**
 * Finds the sound files in a folder and below, in the order of their names. Links are followed
 * where they stay inside, and no folder is entered twice, whatever links lead to it. What is passed
 * over is logged.
 * @param root real path of the folder
 * @returns paths, at most 5,000
 */
export const audioFilesIn = async (root: string, log: Log): Promise<readonly string[]> => {
  const [files, others]: [string[], string[]] = [[], []];
  const entered = new Set<string>();
  let [entries, beyond] = [0, 0];
  let hasManifest = false;

  const visit = async (path: string): Promise<void> => {
    const name = relative(root, path);
    const real = await realpath(path);
    const within = relative(root, real);
    if (within.startsWith("..") || isAbsolute(within))
      return log.warn(`${name} was skipped: it is a link that leaves the folder. Copy the file itself there.`);
    const entry = await stat(real);
    if (entry.isDirectory()) return enter(path, real);
    if (!entry.isFile()) return;
    if (!ENDINGS.has(extname(path).toLowerCase())) {
      if (name === MANIFEST) hasManifest = true;
      else if (!SCRIPT.test(name) && basename(name) !== PACK_MANIFEST) others.push(name);
    } else if (files.length < MAX_FILES) files.push(path);
    else beyond += 1;
  };

  const enter = async (path: string, real: string): Promise<void> => {
    if (entered.has(real)) return;
    entered.add(real);
    for (const name of (await readdir(real)).sort()) {
      if (entries++ >= MAX_ENTRIES) return;
      if (!name.startsWith("."))
        await visit(join(path, name)).catch(() =>
          log.warn(`${relative(root, join(path, name))} was skipped: it cannot be read.`),
        );
    }
  };

  await enter(root, root).catch(() => log.warn("The sounds folder cannot be read."));
  if (hasManifest && root !== (await realpath(OWN_FOLDER).catch(() => OWN_FOLDER)))
    log.warn(`${MANIFEST} in the sounds folder is not read: Lull's built-in sounds are those it comes with.`);
  if (others.length > 0)
    log.warn(`Passed over in the sounds folder, as their names do not end as sounds' do: ${listed(others)}.`);
  if (beyond > 0)
    log.warn(
      `${beyond} sound files were left out: ${MAX_FILES.toLocaleString("en-GB")} are read at most. Move some elsewhere.`,
    );
  if (entries > MAX_ENTRIES)
    log.warn(
      `The sounds folder holds more than ${MAX_ENTRIES.toLocaleString("en-GB")} files and folders; the rest was left out.`,
    );
  return files.sort();
};
