import type { Image } from "./image.ts";

interface SceneSize {
  /** Pixels a side. */
  readonly size: number;
  /** How many frames the loop has; the first follows the last. */
  readonly frames: number;
  readonly seed: number;
}

/**
 * Something that moves, as pictures of it.
 * @returns a function that draws a frame, from 0; what it returns is good until the next
 */
export type Scene = (size: SceneSize) => (frame: number) => Image;
