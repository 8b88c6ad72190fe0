import type { Sound } from "../catalogue/sound.ts";
import type { Visual } from "../catalogue/visuals.ts";
import type { Requester } from "./sounds.ts";

/** Spectrograms of sounds. */
export interface SoundPictures {
  /** A PNG; undefined if there is none yet; never rejects. */
  of(sound: Sound, by: Requester): Promise<Uint8Array | undefined>;
}

/**
 * The formats of a visual: GIF plays everywhere, animated WebP is a tenth of its size, a still is a
 * PNG, a thumbnail the same as a small WebP.
 */
export type VisualFormat = "gif" | "webp" | "still" | "thumbnail";

/** Slow, silent pictures, drawn once and kept. */
export interface Visuals {
  list(): readonly Visual[];
  /** Whether it has been drawn; drawing takes about ten seconds. */
  isDrawn(visual: string, kind: VisualFormat): boolean;
  /** @throws UserError when there is no such visual, or it can't be drawn */
  render(visual: string, kind: VisualFormat): Promise<Uint8Array>;
}

/** Draws charts. */
export interface Charts {
  /**
   * @returns a PNG, its alternative text, and its numbers as text.
   * @throws Error when it cannot be drawn, or too many are under way
   */
  draw(
    chart: {
      readonly title: string;
      readonly bars: readonly { readonly label: string; readonly value: number }[];
    },
    by: Requester,
  ): Promise<{ readonly png: Uint8Array; readonly alt: string; readonly text: string }>;
}
