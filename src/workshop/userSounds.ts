import { readdirSync, realpathSync, statSync } from "node:fs";
import { basename, extname, isAbsolute, join, relative, sep } from "node:path";
import { readStoredSound } from "../audio/stored.ts";
import { UserError } from "../kernel/errors.ts";
import { id } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { plainName } from "../kernel/names.ts";
import { type Sound, TRIGGERS, type Trigger } from "../library/sound.ts";

const ENDINGS = new Set([".ogg", ".opus"]);
const MOST_FILES = 5_000;

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

const soundOf = (path: string, inFolder: string): Sound => {
  const { title, licence } = readStoredSound(path);
  const name = basename(path, extname(path));
  const trigger = triggerOf(inFolder);
  return {
    id: id(`own-${slug(inFolder.slice(0, -extname(path).length)) || "sound"}`),
    title: plainName(title ?? "") || plainName(name.replace(/[-_]+/g, " ")) || "Untitled",
    description: "Added by the host.",
    trigger,
    goals: ["calm"],
    intensity: 3,
    risks: [],
    motion: "static",
    tags: [plainName(name)],
    licence: plainName(licence ?? "") || "unknown",
    origin: { kind: "file", path },
  };
};

/** Files under the folder that end like Ogg Opus; symbolic links are followed only where they stay inside. */
const filesIn = (folder: string, log: Log): readonly string[] => {
  let root: string;
  let names: readonly string[];
  try {
    root = realpathSync(folder);
    names = readdirSync(root, { recursive: true, encoding: "utf8" });
  } catch {
    return [];
  }
  return names
    .filter((name) => ENDINGS.has(extname(name).toLowerCase()) && !basename(name).startsWith("."))
    .sort()
    .slice(0, MOST_FILES)
    .flatMap((name) => {
      const path = join(root, name);
      try {
        const real = realpathSync(path);
        const away = relative(root, real);
        if (away.startsWith("..") || isAbsolute(away)) {
          log.warn(`${name} was skipped: it is a link that leaves the folder. Copy the file itself there.`);
          return [];
        }
        return statSync(real).isFile() ? [path] : [];
      } catch {
        log.warn(`${name} was skipped: it cannot be read.`);
        return [];
      }
    });
};

/**
 * What a host has put into the sounds folder. A file that cannot be played is skipped with a line in the log.
 * @param taken ids of the sounds that are there already
 */
export const findUserSounds = (folder: string, taken: ReadonlySet<string>, log: Log): readonly Sound[] => {
  const ids = new Set(taken);
  const root = filesIn(folder, log);
  return root.flatMap((path) => {
    const inFolder = relative(realpathSync(folder), path);
    try {
      const sound = soundOf(path, inFolder);
      let own: string = sound.id;
      for (let count = 2; ids.has(own); count++) own = `${sound.id}-${count}`;
      ids.add(own);
      return [{ ...sound, id: id(own) }];
    } catch (error) {
      const why = error instanceof UserError ? error.message : "The file cannot be read.";
      log.warn(`${inFolder} was skipped. ${why}`);
      return [];
    }
  });
};
