import type { StoredSound } from "../../src/audio/storedSound.ts";
import type { LayerSpec } from "../../src/engine/playback/trackLayer.ts";
import { id, type SoundId } from "../../src/kernel/ids.ts";

/** One sound as it is stored, as a mix of one layer. */
export const singleLayer = (sound: StoredSound): readonly LayerSpec[] => [
  { id: id<SoundId>("sound"), lease: { sound, release: () => {} }, gainDb: 0, place: "centre" },
];
