import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../kernel/clock.ts";
import type { GuildId, SoundId } from "../../kernel/ids.ts";
import type { Log } from "../../kernel/log.ts";
import { hours, type Millis } from "../../kernel/units.ts";
import type { SharedFiles } from "../../ports/sharedFiles.ts";
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
  /** Gives a sound's file to the other machines, where there are any. */
  share(hash: string): Promise<void>;
  /** Brings a sound's file from another machine, where it is missing on this one. */
  obtain(hash: string): Promise<void>;
  /**
   * Begins to share those that other machines have not.
   * @returns resolves once it is known which
   */
  align(needed: readonly string[]): Promise<void>;
  /** Removes those files from what is shared that no sound needs, of any machine. */
  removeUnneeded(needed: readonly string[]): Promise<void>;
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

/**
 * Opens the folder; originals that an earlier process left there are removed.
 * @param shared where the sounds' files are for other machines too; undefined: on this one alone
 */
export const openUploadFiles = async (
  folder: string,
  clock: Clock,
  log: Log,
  shared?: SharedFiles,
): Promise<UploadFiles> => {
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

  const soundPath = (hash: string) => join(folder, `${hash}.opus`);
  const sharedName = (hash: string) => `uploads/${hash}.opus`;
  const share = async (hash: string): Promise<void> => {
    await shared?.put(sharedName(hash), soundPath(hash));
  };

  let isClosed = false;
  let sharing = Promise.resolve();
  const shareAll = async (hashes: readonly string[]): Promise<void> => {
    try {
      for (const hash of hashes) if (!isClosed) await share(hash);
    } catch (error) {
      log.warn("Not every added sound is in the database; the next start tries again", { error });
    }
  };

  return {
    soundPath,
    share,
    async obtain(hash) {
      if (!existsSync(soundPath(hash))) await shared?.fetch(sharedName(hash), soundPath(hash));
    },
    async align(needed) {
      const there = new Set(await shared?.names("uploads/"));
      sharing = shareAll(needed.filter((hash) => !there.has(sharedName(hash)) && existsSync(soundPath(hash))));
    },
    async removeUnneeded(needed) {
      const names = new Set(needed.map(sharedName));
      for (const name of (await shared?.names("uploads/")) ?? []) if (!names.has(name)) await shared?.remove(name);
    },
    async removeSound(hash) {
      await rm(soundPath(hash), { force: true });
      await shared
        ?.remove(sharedName(hash))
        .catch((error: unknown) => log.warn("A shared file stays until the next start", { error }));
    },
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
      isClosed = true;
      await sharing;
      for (const cancel of cancels.values()) cancel();
      for (const name of await readdir(directory)) await rm(pathOf(name), { force: true });
    },
  };
};
