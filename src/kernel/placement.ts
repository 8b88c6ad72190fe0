/**
 * Where a layer of a mix is heard: as it was made, beside the left or the right ear, close to both, across the room, or
 * circling slowly around the head.
 */
export const PLACEMENTS = ["centre", "left", "right", "near", "far", "orbit"] as const;

/** One of the places where a layer can be heard. */
export type Placement = (typeof PLACEMENTS)[number];
