import type { StoredSound } from "../../src/audio/stored.ts";
import { id, type SoundId } from "../../src/kernel/ids.ts";
import type { LayerWish } from "../../src/voice/layer.ts";

/** One sound as it is stored, as a mix of one layer. */
export const alone = (sound: StoredSound): readonly LayerWish[] => [
  { id: id<SoundId>("sound"), loan: { sound, giveBack: () => {} }, gainDb: 0, place: "centre" },
];
