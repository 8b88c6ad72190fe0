import { createHash } from "node:crypto";
import { existsSync, type FSWatcher, watch } from "node:fs";
import { join } from "node:path";
import { createStoredLengths } from "../audio/storedLengths.ts";
import type { Sound } from "../catalogue/sound.ts";
import { message, named } from "../i18n/message.ts";
import { createDerivedFiles } from "../kernel/derivedFiles.ts";
import { UserError } from "../kernel/errors.ts";
import type { SoundId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { framesIn, hours, seconds } from "../kernel/units.ts";
import type { SoundSource } from "../ports/sounds.ts";
import type { Importer } from "./importer.ts";
import { type FolderSound, scanFolder } from "./scanFolder.ts";

/** Raised when a change to the importer changes what is heard. */
const IMPORT_VERSION = 2;
/** What is made of the operator's recordings may take 10 GB: some 230 hours. */
const MOST_BYTES = 10 * 2 ** 30;
/** Its name in the cache. */
const DERIVED = /^own-.*-[0-9a-f]{12}\.opus$/;
/** A file that is being copied changes many times; it is looked at once it has stopped. */
const SETTLED = seconds(1);
/** The operator's files may be long: ten minutes of processor time, a gigabyte. */
const LIMITS = { longest: framesIn(hours(3)), seconds: 600, memory: 2 ** 30 };

/** The sounds folder, watched. */
export interface OperatorFolder extends SoundSource {
  /** Whether a sound is one of the folder's, by its ID. */
  has(id: SoundId): boolean;
  /**
   * Imports the files that are not imported yet, one after the other. One that cannot be imported
   * is left out of the catalogue, with a line in the log.
   */
  prepareAll(): Promise<void>;
  /** Stops watching. */
  close(): Promise<void>;
}

const unreadable = ({ title }: Sound) =>
  new UserError("sound-unreadable", message("sounds.fileUnreadable", { title: named(title) }));

/** A log that writes each warning once, however often the folder is scanned. */
const warningOnce = (log: Log): Log => {
  const written = new Set<string>();
  return {
    ...log,
    warn(line, details) {
      if (written.has(line)) return;
      written.add(line);
      log.warn(line, details);
    },
  };
};

/** Whether an import failed for what the file is, and not for what the machine lacks just now. */
const isFilesFault = (error: unknown): error is UserError =>
  error instanceof UserError && error.code !== "import-unavailable";

/**
 * Opens the folder with the operator's recordings, and watches it.
 * @param options.taken IDs of other sounds
 * @param options.onChange called with all that can be played from the folder, first after a first
 *   scan
 */
export const openOperatorFolder = async (options: {
  readonly folder: string;
  readonly cache: string;
  readonly importer: Importer;
  readonly taken: ReadonlySet<string>;
  readonly log: Log;
  readonly onChange: (sounds: readonly Sound[]) => void;
}): Promise<OperatorFolder> => {
  const { folder, cache, importer, taken, onChange } = options;
  const log = warningOnce(options.log);
  let files: readonly FolderSound[] = [];
  /** Files that could not be decoded, as they were. */
  const broken = new Set<string>();
  const lengthOf = createStoredLengths();
  const importing = new Map<string, Promise<void>>();
  let closed = false;

  const pathOf = ({ sound, size, changedAt }: FolderSound): string => {
    const { path, ends } = sound.origin;
    const from = JSON.stringify([IMPORT_VERSION, path, size, changedAt, ...(ends ? ["ends"] : [])]);
    return join(cache, `${sound.id}-${createHash("sha256").update(from).digest("hex").slice(0, 12)}.opus`);
  };

  const derived = createDerivedFiles({ folder: cache, isDerived: (file) => DERIVED.test(file), most: MOST_BYTES });
  /** Removes what was made of files that are gone or have changed; a folder that cannot be read says nothing. */
  const sweep = async (): Promise<void> => {
    if (!existsSync(folder)) return;
    const needed = new Set(files.map(pathOf));
    await derived.keepOnly((file) => needed.has(join(cache, file)));
  };

  const publish = () => onChange(files.filter((file) => !broken.has(pathOf(file))).map(({ sound }) => sound));

  let scanning: Promise<void> = Promise.resolve();
  const scan = (): Promise<void> => {
    scanning = scanning.then(async () => {
      if (closed) return;
      files = await scanFolder(folder, taken, log);
      publish();
      await sweep();
    });
    return scanning;
  };

  const importOne = async (file: FolderSound): Promise<void> => {
    const path = pathOf(file);
    if (existsSync(path)) return;
    const { sound } = file;
    const job = { source: sound.origin.path, path, title: sound.title, licence: sound.licence, serial: 1 };
    try {
      await importer.run({ ...job, soften: true, loop: !sound.origin.ends, limits: LIMITS });
      await derived.made(path);
      // The file may have gone while it was read.
      if (!files.includes(file)) await sweep();
      log.info("A recording of the operator's is ready", { sound: sound.id });
    } catch (error) {
      if (closed) return;
      log.warn(`${sound.origin.path} was skipped. ${error instanceof UserError ? error.message : String(error)}`);
      if (!isFilesFault(error)) throw unreadable(sound);
      broken.add(path);
      publish();
      throw error;
    }
  };

  const importOnce = (file: FolderSound): Promise<void> => {
    const path = pathOf(file);
    const running = importing.get(path) ?? importOne(file).finally(() => importing.delete(path));
    importing.set(path, running);
    return running;
  };

  const prepareAll = async (): Promise<void> => {
    for (const file of files) {
      // What does not fit is imported when it is played, in place of what was played longest ago.
      if (closed || (await derived.size()) >= MOST_BYTES) return;
      await importOnce(file).catch(() => {});
    }
  };

  await scan();
  let settling: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(folder, { recursive: true, persistent: false }, () => {
      clearTimeout(settling);
      settling = setTimeout(() => void scan().then(prepareAll), SETTLED);
      settling.unref();
    });
    watcher.on("error", (error) => log.warn("The sounds folder is no longer watched", { error }));
  } catch (error) {
    log.warn("The sounds folder cannot be watched: what is added is found at the next start", { error });
  }

  return {
    has: (id) => files.some(({ sound }) => sound.id === id),
    async prepare(id) {
      const file = files.find(({ sound }) => sound.id === id);
      if (file === undefined) throw new UserError("unknown-sound", message("sounds.noLongerAvailable"));
      await importOnce(file);
      const path = pathOf(file);
      await derived.used(path);
      try {
        return { id, title: file.sound.title, path, ...(await lengthOf(path)) };
      } catch {
        throw unreadable(file.sound);
      }
    },
    prepareAll,
    async close() {
      closed = true;
      clearTimeout(settling);
      watcher?.close();
      await scanning;
    },
  };
};
