import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { threadId } from "node:worker_threads";

/** Writes a file whole or not at all, even when the power fails. */
export const writeFileAtomic = (path: string, pieces: Iterable<Uint8Array>): void => {
  const part = `${path}.${process.pid}-${threadId}.part`;
  mkdirSync(dirname(path), { recursive: true });
  try {
    const file = openSync(part, "w");
    try {
      for (const piece of pieces) writeSync(file, piece);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
};
