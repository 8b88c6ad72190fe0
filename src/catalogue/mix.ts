import type { SoundId } from "../kernel/ids.ts";
import type { Decibels } from "../kernel/units.ts";

/** Where a layer is heard: in the middle, beside an ear, close, far away, or circling slowly around the head. */
export const PLACEMENTS = ["centre", "left", "right", "near", "far", "orbit"] as const;
/** One of {@link PLACEMENTS}. */
export type Placement = (typeof PLACEMENTS)[number];

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
