import { toBytes } from "./image.ts";
import type { Drawing } from "./scenes.ts";
import { DELAY, STEPS } from "./visualRequest.ts";

/** A visual as it is shown live: `STEPS` pictures for each of its frames, the last before the first. */
export interface Loop {
  /** How many pictures it has. */
  readonly steps: number;
  /** The one that stands for it where nothing shall move. */
  readonly still: number;
  /** Red, green and blue from 0 to 255, row by row; good until the next. @param step from 0 */
  picture(step: number): Uint8Array;
}

/** Draws each frame once, when it is first shown, and keeps it. @param size pixels a side */
export const openLoop = ({ scene, seconds, seed, still }: Drawing, size: number): Loop => {
  const frames = Math.round((seconds * 1_000) / DELAY);
  const draw = scene({ size, frames, seed });
  const drawn: Uint8Array[] = [];
  const frame = (index: number): Uint8Array => {
    const known = drawn[index];
    if (known !== undefined) return known;
    const rgb = new Uint8Array(size * size * 3);
    toBytes(draw(index), rgb);
    drawn[index] = rgb;
    return rgb;
  };
  const between = new Uint8Array(size * size * 3);
  return {
    steps: frames * STEPS,
    still: Math.floor(still * frames) * STEPS,
    picture(step) {
      const [index, part] = [Math.floor(step / STEPS), (step % STEPS) / STEPS];
      const before = frame(index);
      if (part === 0) return before;
      const after = frame((index + 1) % frames);
      for (let at = 0; at < between.length; at++)
        between[at] = Math.round(before[at]! + (after[at]! - before[at]!) * part);
      return between;
    },
  };
};
