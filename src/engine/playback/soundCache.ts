import { isLiveFolder } from "../../audio/liveParts.ts";
import { loadStoredSound, type StoredSound } from "../../audio/storedSound.ts";
import { openLiveFolder } from "./liveFolder.ts";

/**
 * Sounds that no stream plays are kept up to this limit: about eight built-in ones of ten minutes.
 */
const MAX_IDLE_BYTES = 64 * 2 ** 20;

/** The parsed sounds of one thread, shared read-only by its streams. */
export interface SoundCache {
  /**
   * Loads a sound, or waits for a load under way. Each acquired sound is released once.
   * @throws UserError when it cannot be read
   */
  acquire(path: string): Promise<StoredSound>;
  /** Counts one user fewer. */
  release(path: string): void;
  /** Bytes of packets in memory. */
  bytes(): number;
}

interface CacheEntry {
  readonly loading: Promise<StoredSound>;
  users: number;
  bytes: number;
}

/** A sound from its file, or live from its folder. */
const loadSound = async (path: string): Promise<StoredSound> =>
  isLiveFolder(path) ? openLiveFolder(path) : loadStoredSound(path);

/** @param spareBytes the limit of sounds without users */
export const createSoundCache = (
  load: (path: string) => Promise<StoredSound> = loadSound,
  spareBytes = MAX_IDLE_BYTES,
): SoundCache => {
  /** The sound used last comes last. */
  const entries = new Map<string, CacheEntry>();
  const total = () => [...entries.values()].reduce((sum, each) => sum + each.bytes, 0);

  const evict = () => {
    for (const [path, entry] of entries) {
      if (total() <= spareBytes) return;
      if (entry.users === 0) entries.delete(path);
    }
  };

  return {
    async acquire(path) {
      const entry = entries.get(path) ?? { loading: load(path), users: 0, bytes: 0 };
      entries.delete(path);
      entries.set(path, entry);
      entry.users += 1;
      try {
        const sound = await entry.loading;
        entry.bytes = sound.packets.reduce((sum, packet) => sum + packet.length, 0);
        evict();
        return sound;
      } catch (error) {
        // The next request tries again; another attempt may be under way already.
        if (entries.get(path) === entry) entries.delete(path);
        throw error;
      }
    },
    release(path) {
      const entry = entries.get(path);
      if (entry === undefined) return;
      entry.users = Math.max(0, entry.users - 1);
      evict();
    },
    bytes: total,
  };
};
