import { open, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, extname, join, relative, sep } from "node:path";
import { PACK_MANIFEST, type Pack, type PackSound, parsePack } from "../catalogue/pack.ts";
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
  readonly sound: Sound & { readonly origin: Extract<Sound["origin"], { readonly kind: "file" }> };
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

/** What a pack says of its files, by their names; empty where there is no pack, or none that can be read. */
const packIn = async (folder: string, log: Log): Promise<ReadonlyMap<string, PackedSound>> => {
  const path = join(folder, PACK_MANIFEST);
  const json = await readFile(path, "utf8").catch(() => undefined);
  if (json === undefined) return new Map();
  try {
    const { sounds, ...pack } = parsePack(json);
    return new Map(sounds.map((sound) => [sound.file, packedSound(pack, sound)]));
  } catch (error) {
    log.warn(`${path}: ${error instanceof UserError ? error.message : String(error)}`);
    return new Map();
  }
};

type PackedSound = Pick<Sound, "title" | "trigger" | "risks" | "licence"> & Partial<Sound> & { readonly ends: boolean };

const packedSound = (pack: Omit<Pack, "sounds">, sound: PackSound): PackedSound => ({
  title: sound.title,
  ...(sound.description !== undefined && { description: sound.description }),
  trigger: sound.trigger,
  goals: sound.goals ?? ["calm"],
  intensity: sound.intensity ?? 3,
  risks: sound.flags,
  tags: [...(sound.tags ?? []), pack.name],
  licence: sound.licence ?? pack.licence,
  authors: sound.authors ?? pack.authors,
  pack: pack.name,
  ends: sound.ends === true,
});

const folderSound = async (path: string, inFolder: string, packed: PackedSound | undefined): Promise<FolderSound> => {
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
  if (packed === undefined) return { sound, size, changedAt: mtimeMs };
  const { ends, ...said } = packed;
  const origin = { ...sound.origin, ...(ends && { ends: true as const }) };
  return { sound: { ...sound, ...said, origin }, size, changedAt: mtimeMs };
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
  const packs = new Map<string, ReadonlyMap<string, PackedSound>>();
  const packAt = async (path: string) => {
    const known = packs.get(dirname(path)) ?? (await packIn(dirname(path), log));
    packs.set(dirname(path), known);
    return known.get(basename(path));
  };
  for (const path of await audioFilesIn(root, log)) {
    const inFolder = relative(root, path);
    try {
      const { sound, ...file } = await folderSound(path, inFolder, await packAt(path));
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
