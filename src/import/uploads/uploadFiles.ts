import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../kernel/clock.ts";
import type { GuildId, SoundId } from "../../kernel/ids.ts";
import type { Log } from "../../kernel/log.ts";
import { hours, type Millis } from "../../kernel/units.ts";
import type { StoredFile } from "./uploadSpace.ts";

/** An original is kept this long, for a second choice about its sudden sounds. */
const KEPT: Millis = hours(1);

/** An original as it was sent, while it is on disk. */
interface Original {
  readonly path: string;
  /** Keeps it under a sound's ID for an hour. */
  keepFor(id: SoundId): Promise<void>;
  /** Removes it unless it is kept. */
  discard(): Promise<void>;
}

/** The folder of uploads: sounds named by the hash of what they were made from, and originals. */
export interface UploadFiles {
  soundPath(hash: string): string;
  /** Removes a sound's file. */
  removeSound(hash: string): Promise<void>;
  /** Reserves space for an original that is about to be downloaded. */
  createOriginal(guild: GuildId, bytes: number): Original;
  /** Path of the original of a sound, while it is kept. */
  originalOf(id: SoundId): string | undefined;
  /** Removes the original of a sound, where one is kept; a failure is logged. */
  removeOriginal(id: SoundId): void;
  /** The originals that take space now. */
  originals(): Iterable<StoredFile>;
  /** Removes all originals. */
  close(): Promise<void>;
}

/** Opens the folder; originals that an earlier process left there are removed. */
export const openUploadFiles = async (folder: string, clock: Clock, log: Log): Promise<UploadFiles> => {
  const directory = join(folder, "originals");
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const files = new Map<string, StoredFile>();
  const cancels = new Map<SoundId, () => void>();
  const pathOf = (name: string) => join(directory, name);

  const remove = async (name: string): Promise<void> => {
    files.delete(name);
    await rm(pathOf(name), { force: true });
  };
  const removeLogged = (name: string): void => {
    remove(name).catch((error) => log.warn("An original could not be removed", { error }));
  };
  for (const name of await readdir(directory)) removeLogged(name);

  const removeOriginal = (id: SoundId): void => {
    cancels.get(id)?.();
    cancels.delete(id);
    removeLogged(id);
  };

  return {
    soundPath: (hash) => join(folder, `${hash}.opus`),
    removeSound: (hash) => rm(join(folder, `${hash}.opus`), { force: true }),
    createOriginal(guild, bytes) {
      const name = randomBytes(8).toString("hex");
      files.set(name, { name, guild, bytes });
      return {
        path: pathOf(name),
        async keepFor(id) {
          await rename(pathOf(name), pathOf(id));
          files.delete(name);
          files.set(id, { name: id, guild, bytes });
          cancels.set(
            id,
            clock.after(KEPT, () => removeOriginal(id)),
          );
        },
        discard: () => remove(name),
      };
    },
    originalOf: (id) => (existsSync(pathOf(id)) ? pathOf(id) : undefined),
    removeOriginal,
    originals: () => files.values(),
    async close() {
      for (const cancel of cancels.values()) cancel();
      for (const name of await readdir(directory)) await rm(pathOf(name), { force: true });
    },
  };
};
