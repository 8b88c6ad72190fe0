import { toBytes } from "./image.ts";
import { DRAWINGS } from "./scenes.ts";

/** Which visual, and the moment in milliseconds from which it goes round; undefined for its still picture. */
export interface VisualRequest {
  readonly visual: string;
  readonly at: number | undefined;
  /** With the first request: where to draw. */
  readonly canvas?: OffscreenCanvas;
}

/** Pixels a side: enough for a soft picture, and a loop of them fits into 35 MB. */
const SIZE = 256;
/** Milliseconds a frame. */
const DELAY = 80;

/** Draws each frame of the loop once, and keeps it. */
const open = (visual: string) => {
  const drawing = DRAWINGS.get(visual) ?? [...DRAWINGS.values()][0]!;
  const frames = Math.round((drawing.seconds * 1_000) / DELAY);
  const draw = drawing.scene({ size: SIZE, frames, seed: drawing.seed });
  const rgb = new Uint8Array(SIZE * SIZE * 3);
  const drawn: ImageData[] = [];
  const picture = (index: number): ImageData => {
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
  return { visual, picture, frames, still: Math.floor(drawing.still * frames) };
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
    const index = at === undefined ? opened.still : Math.floor(at / DELAY) % opened.frames;
    if (shown === `${visual} ${index}`) return;
    shown = `${visual} ${index}`;
    context?.putImageData(opened.picture(index), 0, 0);
  };
};
