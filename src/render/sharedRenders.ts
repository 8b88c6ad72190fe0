import { basename } from "node:path";
import type { Sound } from "../catalogue/sound.ts";
import type { Log } from "../kernel/log.ts";
import { createLimit } from "../kernel/serialise.ts";
import type { SharedFiles } from "../ports/sharedFiles.ts";
import { isRenderOf } from "./renderJob.ts";

const START = "rendered/";
/** Files that are on their way at a time: what members ask the database for comes between. */
const MOST = 2;

/** Rendered sounds for every machine with the same database, by names that are made of all that they depend on. */
export interface SharedRenders {
  /**
   * Brings a sound's file from where another machine has put it. Never rejects.
   * @returns false where there is none, or the database does not answer
   */
  obtain(path: string): Promise<boolean>;
  /** Puts a sound's file there, and removes what earlier recipes made of it. Never rejects. */
  share(sound: Sound, path: string): Promise<void>;
  /** Removes a file that cannot be read. Never rejects. */
  discard(path: string): Promise<void>;
  /** Resolves once nothing is on its way any more. */
  close(): Promise<void>;
}

/** @param files where they are shared */
export const createSharedRenders = (files: SharedFiles, log: Log): SharedRenders => {
  const limit = createLimit(MOST);
  const obtaining = new Map<string, Promise<boolean>>();
  const sharing = new Set<Promise<void>>();
  let closed = false;
  const nameOf = (path: string) => `${START}${basename(path)}`;

  const fetch = async (path: string): Promise<boolean> => {
    try {
      return !closed && (await files.fetch(nameOf(path), path));
    } catch (error) {
      log.warn("A rendered sound could not be fetched from the database", { path, error });
      return false;
    }
  };

  const put = async (sound: Sound, path: string): Promise<void> => {
    if (closed) return;
    try {
      await files.put(nameOf(path), path);
      for (const name of await files.names(`${START}${sound.id}-`))
        if (name !== nameOf(path) && isRenderOf(name.slice(START.length), sound)) await files.remove(name);
    } catch (error) {
      log.warn("A rendered sound is on this machine alone", { sound: sound.id, error });
    }
  };

  return {
    obtain(path) {
      const running = obtaining.get(path);
      if (running !== undefined) return running;
      const begun = limit(() => fetch(path)).finally(() => obtaining.delete(path));
      obtaining.set(path, begun);
      return begun;
    },
    share(sound, path) {
      const begun = limit(() => put(sound, path)).finally(() => sharing.delete(begun));
      sharing.add(begun);
      return begun;
    },
    discard: (path) =>
      files
        .remove(nameOf(path))
        .catch((error: unknown) => log.warn("A damaged sound stays in the database", { path, error })),
    async close() {
      closed = true;
      await Promise.all([...sharing, ...obtaining.values()]);
    },
  };
};
