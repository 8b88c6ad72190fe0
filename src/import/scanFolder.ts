import { open, readdir, realpath, stat } from "node:fs/promises";
import { basename, extname, isAbsolute, join, relative, sep } from "node:path";
import { MADE_HERE, type Sound, TRIGGERS, type Trigger, UNKNOWN_LICENCE } from "../catalogue/sound.ts";
import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import { id } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { plainName } from "../kernel/names.ts";
import { fileKindOf } from "./formats/fileKind.ts";
import { oggComments } from "./formats/oggComments.ts";

/** Only what a person would call a sound file is opened; what it is, its own bytes say. */
const ENDINGS = new Set([
  ...[".wav", ".wave", ".aif", ".aiff", ".aifc", ".mp3", ".flac", ".ogg", ".oga", ".opus", ".m4a", ".mp4", ".aac"],
  ...[".webm", ".mka"],
]);
const MOST_FILES = 5_000;
/** Enough for its kind and its comments; pictures in them are not read. */
const BEGINNING = 64 * 1_024;
const LARGEST = 350 * 2 ** 20;

/** A file of the host's as it was found. */
export interface FolderSound {
  readonly sound: Sound & { readonly origin: { readonly kind: "file"; readonly path: string } };
  readonly size: number;
  readonly changedAt: number;
}

const slug = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);

/** A folder that is named as a trigger says what is in it. */
const triggerOf = (path: string): Trigger =>
  TRIGGERS.find((trigger) =>
    path
      .split(sep)
      .slice(0, -1)
      .some((part) => part.toLowerCase() === trigger),
  ) ?? "recordings";

const beginningOf = async (path: string): Promise<Uint8Array> => {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

const folderSound = async (path: string, inFolder: string): Promise<FolderSound> => {
  const { size, mtimeMs } = await stat(path);
  if (size > LARGEST) throw new UserError("file-too-large", message("import.ownFileTooLarge"));
  const beginning = await beginningOf(path);
  fileKindOf(beginning, size <= beginning.length);
  const comments = oggComments(beginning);
  const name = basename(path, extname(path));
  const sound = {
    id: id<Sound["id"]>(`own-${slug(inFolder.slice(0, -extname(path).length)) || "sound"}`),
    title: plainName(comments.get("TITLE") ?? "") || plainName(name.replace(/[-_]+/g, " ")) || "Untitled",
    description: MADE_HERE.host,
    trigger: triggerOf(inFolder),
    goals: ["calm"],
    intensity: 3,
    risks: [],
    motion: "static",
    tags: [plainName(name)],
    licence: plainName(comments.get("LICENSE") ?? "") || UNKNOWN_LICENCE,
    origin: { kind: "file", path },
  } as const;
  return { sound, size, changedAt: mtimeMs };
};

/** Sound files under the folder; symbolic links are followed only where they stay inside. */
const filesIn = async (root: string, log: Log): Promise<readonly string[]> => {
  const names = await readdir(root, { recursive: true, encoding: "utf8" }).catch(() => []);
  const wanted = names
    .filter((name) => ENDINGS.has(extname(name).toLowerCase()) && !basename(name).startsWith("."))
    .sort()
    .slice(0, MOST_FILES);
  const files: string[] = [];
  for (const name of wanted) {
    const path = join(root, name);
    try {
      const real = await realpath(path);
      const away = relative(root, real);
      if (away.startsWith("..") || isAbsolute(away))
        log.warn(`${name} was skipped: it is a link that leaves the folder. Copy the file itself there.`);
      else if ((await stat(real)).isFile()) files.push(path);
    } catch {
      log.warn(`${name} was skipped: it cannot be read.`);
    }
  }
  return files;
};

/**
 * What a host has put into the sounds folder, by a look at each file's beginning. A file that cannot be played is skipped with a line in the log.
 * @param taken ids of the sounds that are there already
 */
export const scanFolder = async (
  folder: string,
  taken: ReadonlySet<string>,
  log: Log,
): Promise<readonly FolderSound[]> => {
  const ids = new Set(taken);
  const root = await realpath(folder).catch(() => undefined);
  if (root === undefined) return [];
  const found: FolderSound[] = [];
  for (const path of await filesIn(root, log)) {
    const inFolder = relative(root, path);
    try {
      const { sound, ...file } = await folderSound(path, inFolder);
      let own: string = sound.id;
      for (let count = 2; ids.has(own); count++) own = `${sound.id}-${count}`;
      ids.add(own);
      found.push({ ...file, sound: { ...sound, id: id(own) } });
    } catch (error) {
      const why = error instanceof UserError ? error.message : "The file cannot be read.";
      log.warn(`${inFolder} was skipped. ${why}`);
    }
  }
  return found;
};
