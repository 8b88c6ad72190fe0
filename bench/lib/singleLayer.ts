import type { StoredSound } from "../../src/audio/storedSound.ts";
import type { LayerSpec } from "../../src/engine/playback/trackLayer.ts";
import { id, type SoundId } from "../../src/kernel/ids.ts";

/** A mix of one layer: a sound as it is stored. */
export const singleLayer = (sound: StoredSound): readonly LayerSpec[] => [
  { id: id<SoundId>("sound"), lease: { sound, release: () => {} }, gainDb: 0, place: "centre" },
];
