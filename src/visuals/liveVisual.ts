import { toBytes } from "./image.ts";
import { DRAWINGS } from "./scenes.ts";
import { DELAY, PICTURE_DELAY, STEPS, type VisualRequest } from "./visualRequest.ts";

/** Pixels a side: enough for a soft picture, and a loop of them fits into 35 MB. */
const SIZE = 256;

/** Draws each frame of the loop once, and keeps it. */
const open = (visual: string) => {
  const drawing = DRAWINGS.get(visual) ?? [...DRAWINGS.values()][0]!;
  const frames = Math.round((drawing.seconds * 1_000) / DELAY);
  const draw = drawing.scene({ size: SIZE, frames, seed: drawing.seed });
  const rgb = new Uint8Array(SIZE * SIZE * 3);
  const drawn: ImageData[] = [];
  const frame = (index: number): ImageData => {
    const known = drawn[index];
    if (known !== undefined) return known;
    const image = new ImageData(SIZE, SIZE);
    toBytes(draw(index), rgb);
    for (let pixel = 0; pixel < SIZE * SIZE; pixel++) {
      for (let channel = 0; channel < 3; channel++) image.data[pixel * 4 + channel] = rgb[pixel * 3 + channel]!;
      image.data[pixel * 4 + 3] = 255;
    }
    drawn[index] = image;
    return image;
  };
  const between = new ImageData(SIZE, SIZE);
  /** @param step of the loop, `STEPS` to a frame */
  const picture = (step: number): ImageData => {
    const [index, part] = [Math.floor(step / STEPS), (step % STEPS) / STEPS];
    const before = frame(index);
    if (part === 0) return before;
    const after = frame((index + 1) % frames);
    for (let at = 0; at < between.data.length; at++)
      between.data[at] = before.data[at]! + (after.data[at]! - before.data[at]!) * part;
    return between;
  };
  return { visual, picture, steps: frames * STEPS, still: Math.floor(drawing.still * frames) * STEPS };
};

/** Draws visuals in a browser's worker, as they are asked for. @returns what takes a request */
export const createLiveVisual = (): ((request: VisualRequest) => void) => {
  let context: OffscreenCanvasRenderingContext2D | null = null;
  let shown = "";
  let opened: ReturnType<typeof open> | undefined;

  return ({ canvas, visual, at }) => {
    if (canvas !== undefined) {
      canvas.width = SIZE;
      canvas.height = SIZE;
      context = canvas.getContext("2d", { alpha: false });
    }
    if (opened?.visual !== visual) opened = open(visual);
    const step = at === undefined ? opened.still : Math.floor(at / PICTURE_DELAY) % opened.steps;
    if (shown === `${visual} ${step}`) return;
    shown = `${visual} ${step}`;
    context?.putImageData(opened.picture(step), 0, 0);
  };
};
