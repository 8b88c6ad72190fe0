import type { EntryId } from "../../kernel/ids.ts";
import { rawText } from "../../kernel/memberText.ts";
import type { PlayerEvent, PlayerLayer } from "../../session/protocol.ts";
import type { SoundCache } from "./soundCache.ts";
import type { LayerSpec } from "./trackLayer.ts";

/** The layers of a mix with their sounds in memory, and those whose file could not be read. */
export interface LoadedLayers {
  readonly specs: readonly LayerSpec[];
  readonly failed: readonly PlayerLayer[];
}

/**
 * Takes the sounds of a mix from the cache. Each spec holds a lease that its user releases.
 * @param warn is told of each file that cannot be read; the others are loaded all the same
 */
export const loadLayers = async (
  layers: readonly PlayerLayer[],
  cache: SoundCache,
  warn: (layer: PlayerLayer, error: unknown) => void,
): Promise<LoadedLayers> => {
  const failed: PlayerLayer[] = [];
  const loaded = await Promise.all(
    layers.map(async (layer): Promise<LayerSpec | undefined> => {
      const { path, id } = layer.sound;
      try {
        const lease = { sound: await cache.acquire(path), release: () => cache.release(path) };
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
