import type { SoundId } from "../kernel/ids.ts";
import type { Placement } from "../kernel/placement.ts";
import type { Decibels } from "../kernel/units.ts";

/** One sound of a mix. */
interface MixLayer {
  readonly sound: SoundId;
  /** Relative to the sound as it is stored; never above 0. */
  readonly gainDb: Decibels;
  readonly place: Placement;
}

/** What is heard together: one layer or more, each sound at most once. */
export type Mix = readonly MixLayer[];

/** The most layers that a mix can have. */
export const MAX_LAYERS = 6;
/** Quieter than this a layer is not worth its place. */
export const SOFTEST_LAYER: Decibels = -30;
