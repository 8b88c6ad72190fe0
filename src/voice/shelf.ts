import { loadStoredSound, type StoredSound } from "../audio/stored.ts";

/** Sounds that nobody plays are kept while all together take no more than this: about eight built-in ones of ten minutes. */
const SPARE_BYTES = 64 * 2 ** 20;

/** The parsed sounds of one thread, shared read-only by its streams. */
export interface Shelf {
  /** Loads it, or waits for whoever is loading it; each take is given back once. @throws UserError when it cannot be read */
  take(path: string): Promise<StoredSound>;
  /** One stream fewer plays it. */
  giveBack(path: string): void;
  /** Bytes of packets in memory. */
  bytes(): number;
}

interface Place {
  readonly loading: Promise<StoredSound>;
  users: number;
  bytes: number;
}

export const createShelf = (
  load: (path: string) => Promise<StoredSound> = loadStoredSound,
  spareBytes = SPARE_BYTES,
): Shelf => {
  /** The one that was used last comes last. */
  const places = new Map<string, Place>();
  const total = () => [...places.values()].reduce((sum, each) => sum + each.bytes, 0);

  const tidy = () => {
    for (const [path, place] of places) {
      if (total() <= spareBytes) return;
      if (place.users === 0) places.delete(path);
    }
  };

  return {
    async take(path) {
      const place = places.get(path) ?? { loading: load(path), users: 0, bytes: 0 };
      places.delete(path);
      places.set(path, place);
      place.users += 1;
      try {
        const sound = await place.loading;
        place.bytes = sound.packets.reduce((sum, packet) => sum + packet.length, 0);
        tidy();
        return sound;
      } catch (error) {
        // Whoever asks next tries again; another attempt may be under way already.
        if (places.get(path) === place) places.delete(path);
        throw error;
      }
    },
    giveBack(path) {
      const place = places.get(path);
      if (place === undefined) return;
      place.users = Math.max(0, place.users - 1);
      tidy();
    },
    bytes: total,
  };
};
