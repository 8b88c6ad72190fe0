import { stat } from "node:fs/promises";
import { readStoredLength, type StoredLength } from "./storedSound.ts";

/** How many lengths are kept; an entry takes some 200 bytes. */
const MAX_KEPT = 4_096;

interface KnownLength {
  readonly inode: number;
  readonly size: number;
  readonly changedAt: number;
  readonly length: Promise<StoredLength>;
}

/**
 * Creates a function that says how long stored sounds are, and reads each file once until it changes: hundreds of
 * sessions that begin at once ask for the same few.
 * @returns a function of the file's path, which throws as `readStoredLength` does
 */
export const createStoredLengths = (): ((path: string) => Promise<StoredLength>) => {
  const known = new Map<string, KnownLength>();
  return async (path) => {
    const { ino: inode, size, mtimeMs: changedAt } = await stat(path);
    const there = known.get(path);
    if (there?.inode === inode && there.size === size && there.changedAt === changedAt) return there.length;
    const length = readStoredLength(path);
    known.delete(path);
    known.set(path, { inode, size, changedAt, length });
    const [oldest] = known.keys();
    if (known.size > MAX_KEPT && oldest !== undefined) known.delete(oldest);
    try {
      return await length;
    } catch (error) {
      if (known.get(path)?.length === length) known.delete(path);
      throw error;
    }
  };
};
