import { open, realpath, stat } from "node:fs/promises";
import { basename, extname, relative, sep } from "node:path";
import { MADE_HERE, type Sound, TRIGGERS, type Trigger, UNKNOWN_LICENCE } from "../catalogue/sound.ts";
import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import { id } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { plainName, slug } from "../kernel/names.ts";
import { audioFilesIn } from "./audioFilesIn.ts";
import { findSound } from "./formats/fileKind.ts";
import { oggComments } from "./formats/oggComments.ts";

/** Enough for its kind and its comments; pictures in them are not read. */
const BEGINNING = 64 * 1_024;
const LARGEST = 350 * 2 ** 20;

/** A recording of the operator's as it was found. */
export interface FolderSound {
  readonly sound: Sound & { readonly origin: { readonly kind: "file"; readonly path: string } };
  readonly size: number;
  readonly changedAt: number;
}

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
  findSound(beginning, size <= beginning.length);
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

/**
 * Reads the beginning of each file in the folder with the operator's recordings. A file that cannot
 * be played is skipped, with a line in the log.
 * @param taken IDs of other sounds
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
  for (const path of await audioFilesIn(root, log)) {
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
