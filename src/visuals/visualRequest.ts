/** Which visual, and the moment in milliseconds from which it goes round; undefined for its still picture. */
export interface VisualRequest {
  readonly visual: string;
  readonly at: number | undefined;
  /** With the first request: where to draw. */
  readonly canvas?: OffscreenCanvas;
}

/** Milliseconds a frame. */
export const DELAY = 80;
/** So many pictures are shown for each frame: it turns into the next by degrees, at 37.5 pictures a second. */
export const STEPS = 3;

/** How often a new picture is shown, in milliseconds. */
export const PICTURE_DELAY: number = DELAY / STEPS;
