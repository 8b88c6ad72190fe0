import type { Film } from "./encode.ts";
import { type Measured, openMeter } from "./gates.ts";
import { toBytes } from "./image.ts";
import type { Drawing } from "./scenes.ts";

/** Pixels a side of what is posted. */
export const SIZE = 400;
/** Milliseconds a frame: 12.5 frames a second. */
export const DELAY = 80;

/** How many frames a drawing's loop has, at {@link DELAY} milliseconds each. */
export const framesOf = ({ seconds }: Drawing): number => Math.round((seconds * 1000) / DELAY);

/** Draws a whole loop, and measures it as it is drawn. */
export const drawFilm = (
  drawing: Drawing,
  size = SIZE,
  frames = framesOf(drawing),
): Film & { readonly measured: Measured } => {
  const bytes = size * size * 3;
  const rgb = new Uint8Array(bytes * frames);
  const meter = openMeter(size, frames / drawing.seconds);
  const draw = drawing.scene({ size, frames, seed: drawing.seed });
  for (let frame = 0; frame < frames; frame++) {
    const one = rgb.subarray(frame * bytes, (frame + 1) * bytes);
    toBytes(draw(frame), one);
    meter.add(one);
  }
  return { size, frames, rgb, delay: Math.round((drawing.seconds * 1000) / frames), measured: meter.measure() };
};

/** The frame that stands for the loop where nothing shall move. */
export const drawStill = (drawing: Drawing, size = SIZE): Pick<Film, "size" | "rgb"> => {
  const frames = framesOf(drawing);
  const rgb = new Uint8Array(size * size * 3);
  toBytes(drawing.scene({ size, frames, seed: drawing.seed })(Math.floor(drawing.still * frames)), rgb);
  return { size, rgb };
};
