import { readdir, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";

/** Files of the cache that are made of something that can be deleted, such as a whisper's text. */
export interface DerivedFiles {
  /** Removes those whose source is gone. @param isNeeded tells by a file's name whether its source is there */
  keepOnly(isNeeded: (file: string) => boolean): Promise<void>;
  /** Marks a file as used just now. */
  used(path: string): Promise<void>;
  /** Marks a file as used just now; where all take too much room, those used longest ago are removed. */
  made(path: string): Promise<void>;
  /** Bytes that they take. */
  size(): Promise<number>;
}

/**
 * @param options.isDerived tells by its name whether a file of the folder is one of these
 * @param options.most bytes that they may take together
 */
export const createDerivedFiles = ({
  folder,
  isDerived,
  most,
}: {
  readonly folder: string;
  readonly isDerived: (file: string) => boolean;
  readonly most: number;
}): DerivedFiles => {
  const names = async () => (await readdir(folder).catch(() => [])).filter(isDerived);
  const remove = (name: string) => rm(join(folder, name), { force: true });
  const files = async () => {
    const found = [];
    for (const name of await names()) {
      // One that has gone meanwhile takes no room.
      const entry = await stat(join(folder, name)).catch(() => undefined);
      if (entry !== undefined) found.push({ name, bytes: entry.size, at: entry.mtimeMs });
    }
    return found;
  };
  const used = async (path: string) => {
    const now = new Date();
    await utimes(path, now, now).catch(() => {});
  };

  return {
    async keepOnly(isNeeded) {
      for (const name of await names()) if (!isNeeded(name)) await remove(name);
    },
    used,
    async made(path) {
      await used(path);
      const there = (await files()).sort((a, b) => a.at - b.at);
      let bytes = there.reduce((sum, file) => sum + file.bytes, 0);
      for (const file of there) {
        if (bytes <= most) return;
        if (join(folder, file.name) === path) continue;
        await remove(file.name);
        bytes -= file.bytes;
      }
    },
    size: async () => (await files()).reduce((sum, { bytes }) => sum + bytes, 0),
  };
};
