import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { GuildState } from "./guild.ts";
import { readWorld, restoreWorld, writeWorld } from "./world.ts";

/** Writes a file whole or not at all, even when the power fails. */
const writeWhole = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.part`;
  const file = await open(part, "w");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
};

const read = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
};

/**
 * Restores a guild from a file, and keeps it there from then on.
 * @param guild one in which there is nobody but the bot yet
 * @param onTrouble called with a sentence: a damaged file has been set aside, or the file can't be written
 * @returns `close` resolves when the last change is in the file
 * @throws Error when the file is there and can't be read or set aside
 */
export const keepWorld = async (
  guild: GuildState,
  path: string,
  onTrouble: (sentence: string) => void,
): Promise<{ close(): Promise<void> }> => {
  const text = await read(path);
  const world = text === undefined ? undefined : readWorld(text);
  if (world !== undefined) restoreWorld(guild, world);
  else if (text !== undefined) {
    const aside = `${path}.damaged-${Date.now()}`;
    await rename(path, aside);
    onTrouble(`${path} is damaged. It is now ${aside}, and the server starts with new channels and members.`);
  }

  let written = world === undefined ? undefined : text;
  let saving: Promise<void> | undefined;
  const save = async () => {
    // What changes during one write is in the next.
    for (let next = writeWorld(guild); next !== written; next = writeWorld(guild)) {
      await writeWhole(path, next);
      written = next;
    }
  };
  const saveSoon = (): Promise<void> => {
    saving ??= Promise.resolve()
      .then(save)
      .catch((error: unknown) => onTrouble(`${path} can't be written: ${String(error)}`))
      .finally(() => {
        saving = undefined;
      });
    return saving;
  };
  const off = guild.onChange(() => void saveSoon());
  await saveSoon();
  return {
    async close() {
      off();
      await saving;
      await saveSoon();
    },
  };
};
