import type { EntryId, SoundId } from "../../kernel/ids.ts";
import { rawText } from "../../kernel/memberText.ts";
import type { Frames } from "../../kernel/units.ts";
import type { HeardTakes, PlayerEvent, PlayerLayer } from "../../session/protocol.ts";
import type { SoundCache } from "./soundCache.ts";
import { createTakeLease } from "./takeLease.ts";
import type { LayerSpec, SoundLease } from "./trackLayer.ts";

/** Two sounds of one mix have different orders. */
const seedOf = (order: number, id: SoundId): number =>
  [...id].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x01000193), order ^ 0x811c9dc5);

/** The layers of a mix with their sounds in memory, and those whose file could not be read. */
export interface LoadedLayers {
  readonly specs: readonly LayerSpec[];
  readonly failed: readonly PlayerLayer[];
}

/** In which order the takes of a mix are heard, and from where. */
export interface TakeStart {
  /** A seed: the same gives the same order. */
  readonly order: number;
  /** The position of the mix; undefined where it is playing already. */
  readonly from?: Frames;
  /** Those that were heard last. */
  readonly takes?: HeardTakes;
}

/**
 * Takes the sounds of a mix from the cache. Each spec holds a lease that its user releases.
 * @param warn is told of each file that cannot be read; the others are loaded all the same
 */
export const loadLayers = async (
  layers: readonly PlayerLayer[],
  cache: SoundCache,
  warn: (layer: PlayerLayer, error: unknown) => void,
  { order, from, takes: heard }: TakeStart = { order: 0 },
): Promise<LoadedLayers> => {
  const failed: PlayerLayer[] = [];

  const lend = async (layer: PlayerLayer): Promise<SoundLease> => {
    const { path, takes, id } = layer.sound;
    const sound = await cache.acquire(path);
    const release = () => cache.release(path);
    if (takes !== true || sound.bedFrom !== undefined || sound.live !== undefined) return { sound, release };
    const own = seedOf(order, id);
    const lease = createTakeLease({
      first: sound,
      path,
      order: own,
      cache,
      release,
      warn: (error) => warn(layer, error),
    });
    if (from !== undefined && !layer.fromStart) await lease.begin(from, heard?.[id]);
    return lease;
  };

  const loaded = await Promise.all(
    layers.map(async (layer): Promise<LayerSpec | undefined> => {
      const { id } = layer.sound;
      try {
        const lease = await lend(layer);
        return { id, lease, gainDb: layer.gainDb, place: layer.place, ...(layer.fromStart && { fromStart: true }) };
      } catch (error) {
        warn(layer, error);
        failed.push(layer);
        return undefined;
      }
    }),
  );
  return { specs: loaded.filter((spec) => spec !== undefined), failed };
};

/**
 * Says what could not be read: each layer of its own, or the sound as a whole when nothing of it is
 * left.
 */
export const loadFailures = (entry: EntryId, { specs, failed }: LoadedLayers): readonly PlayerEvent[] => {
  const reasonFor = ({ sound }: PlayerLayer) => `“${rawText(sound.title)}” could not be read.`;
  const [first] = failed;
  if (specs.length === 0) return first ? [{ type: "soundFailed", entry, reason: reasonFor(first) }] : [];
  return failed.map((layer) => ({ type: "layerFailed", entry, sound: layer.sound.id, reason: reasonFor(layer) }));
};
