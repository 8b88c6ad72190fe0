import { createHash } from "node:crypto";
import { existsSync, type FSWatcher, watch } from "node:fs";
import { join } from "node:path";
import { loadStoredSound } from "../audio/storedSound.ts";
import type { Sound } from "../catalogue/sound.ts";
import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import type { SoundId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { framesIn, hours, seconds } from "../kernel/units.ts";
import type { SoundSource } from "../ports/sounds.ts";
import type { Importer } from "./importer.ts";
import { type FolderSound, scanFolder } from "./scanFolder.ts";

/** Raised when what happens between a host's file and ours changes what is heard. */
const INTAKE = 2;
/** A file that is being copied changes many times; it is looked at when it has come to rest. */
const REST = seconds(1);
/** The host's own files may be long: ten minutes of work, a gigabyte. */
const LIMITS = { longest: framesIn(hours(3)), seconds: 600, memory: 2 ** 30 };

/** The sounds folder, watched. */
export interface OperatorFolder extends SoundSource {
  has(id: SoundId): boolean;
  /** Makes what is not there yet, one after the other; what cannot be made is left out of the library, with a line in the log. */
  prepareAll(): Promise<void>;
  close(): Promise<void>;
}

const unreadable = ({ title }: Sound) => new UserError("sound-unreadable", message("sounds.fileUnreadable", { title }));

/**
 * Finds what a host has put into a folder, and goes on looking.
 * @param options.taken ids of other sounds
 * @param options.onChange called with all that can be heard of the folder, first when it has been looked through
 */
export const openOperatorFolder = async (options: {
  readonly folder: string;
  readonly cache: string;
  readonly intake: Importer;
  readonly taken: ReadonlySet<string>;
  readonly log: Log;
  readonly onChange: (sounds: readonly Sound[]) => void;
}): Promise<OperatorFolder> => {
  const { folder, cache, intake, taken, log, onChange } = options;
  let files: readonly FolderSound[] = [];
  /** Files that could not be decoded, as they were. */
  const broken = new Set<string>();
  const making = new Map<string, Promise<void>>();
  let [closed, ready] = [false, false];

  const pathOf = ({ sound, size, changedAt }: FolderSound): string => {
    const from = JSON.stringify([INTAKE, sound.origin.path, size, changedAt]);
    return join(cache, `${sound.id}-${createHash("sha256").update(from).digest("hex").slice(0, 12)}.opus`);
  };

  const tell = () => onChange(files.filter((file) => !broken.has(pathOf(file))).map(({ sound }) => sound));

  let looking: Promise<void> = Promise.resolve();
  const look = (): Promise<void> => {
    looking = looking.then(async () => {
      if (closed) return;
      const quiet: Log = ready ? { ...log, warn() {} } : log;
      files = await scanFolder(folder, taken, quiet);
      tell();
    });
    return looking;
  };

  const make = async (file: FolderSound): Promise<void> => {
    const path = pathOf(file);
    if (existsSync(path)) return;
    const { sound } = file;
    const job = { source: sound.origin.path, path, title: sound.title, licence: sound.licence, serial: 1 };
    try {
      await intake.run({ ...job, soften: true, loop: true, limits: LIMITS });
      log.info("A file of the host's is ready", { sound: sound.id });
    } catch (error) {
      if (closed) return;
      broken.add(path);
      log.warn(`${sound.origin.path} was skipped. ${error instanceof UserError ? error.message : String(error)}`);
      tell();
      throw error instanceof UserError ? error : unreadable(sound);
    }
  };

  const makeOnce = (file: FolderSound): Promise<void> => {
    const path = pathOf(file);
    const running = making.get(path) ?? make(file).finally(() => making.delete(path));
    making.set(path, running);
    return running;
  };

  const prepareAll = async (): Promise<void> => {
    for (const file of files) {
      if (closed) return;
      await makeOnce(file).catch(() => {});
    }
  };

  await look();
  ready = true;
  let resting: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(folder, { recursive: true, persistent: false }, () => {
      clearTimeout(resting);
      resting = setTimeout(() => void look().then(prepareAll), REST);
      resting.unref();
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
      await makeOnce(file);
      const path = pathOf(file);
      try {
        const { length } = await loadStoredSound(path);
        return { id, title: file.sound.title, path, length };
      } catch {
        throw unreadable(file.sound);
      }
    },
    prepareAll,
    async close() {
      closed = true;
      clearTimeout(resting);
      watcher?.close();
      await looking;
    },
  };
};
