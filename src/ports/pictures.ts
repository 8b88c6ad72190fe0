import type { Sound } from "../catalogue/sound.ts";
import type { Visual } from "../catalogue/visuals.ts";

/** What sounds look like. */
export interface SoundPictures {
  /** A PNG, or undefined while there is none; never rejects. */
  of(sound: Sound): Promise<Uint8Array | undefined>;
}

/** As what a visual is given: GIF plays everywhere, animated WebP is a tenth of it, and the still is a PNG. */
export type VisualFormat = "gif" | "webp" | "still";

/** Slow, silent pictures, drawn once and kept. */
export interface Visuals {
  list(): readonly Visual[];
  /** Whether it is there already; drawing one takes some ten seconds. */
  isDrawn(visual: string, kind: VisualFormat): boolean;
  /** @throws UserError when there is no such visual, or it cannot be drawn */
  render(visual: string, kind: VisualFormat): Promise<Uint8Array>;
}

/** Pictures of numbers. */
export interface Charts {
  /** @returns a PNG, what it shows in one sentence, and its numbers in lines. @throws Error when it cannot be drawn */
  draw(chart: {
    readonly title: string;
    readonly bars: readonly { readonly label: string; readonly value: number }[];
  }): Promise<{ readonly png: Uint8Array; readonly alt: string; readonly text: string }>;
}
