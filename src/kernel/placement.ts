/** Where a layer is heard: in the middle, beside an ear, close, far away, or circling slowly around the head. */
export const PLACEMENTS = ["centre", "left", "right", "near", "far", "orbit"] as const;

/** One of {@link PLACEMENTS}. */
export type Placement = (typeof PLACEMENTS)[number];
