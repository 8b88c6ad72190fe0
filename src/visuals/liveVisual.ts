import { type Loop, openLoop } from "./loop.ts";
import { LIVE_DRAWINGS } from "./scenes.ts";
import { PICTURE_DELAY, type VisualRequest } from "./visualRequest.ts";

/** Pixels a side: enough for a soft picture, and a loop of them fits into 27 MB. */
const SIZE = 256;

/** Draws visuals in a browser's worker, as they are asked for. @returns what takes a request */
export const createLiveVisual = (): ((request: VisualRequest) => void) => {
  const image = new ImageData(SIZE, SIZE);
  image.data.fill(255);
  let context: OffscreenCanvasRenderingContext2D | null = null;
  let shown = "";
  let opened: { readonly visual: string; readonly loop: Loop } | undefined;

  const show = (rgb: Uint8Array) => {
    const { data } = image;
    for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
      data[to] = rgb[from]!;
      data[to + 1] = rgb[from + 1]!;
      data[to + 2] = rgb[from + 2]!;
    }
    context?.putImageData(image, 0, 0);
  };

  return ({ canvas, visual, at }) => {
    if (canvas !== undefined) {
      canvas.width = SIZE;
      canvas.height = SIZE;
      context = canvas.getContext("2d", { alpha: false });
    }
    if (opened?.visual !== visual) {
      const drawing = LIVE_DRAWINGS.get(visual) ?? [...LIVE_DRAWINGS.values()][0]!;
      opened = { visual, loop: openLoop(drawing, SIZE) };
    }
    const { loop } = opened;
    const step = at === undefined ? loop.still : Math.floor(at / PICTURE_DELAY) % loop.steps;
    if (shown === `${visual} ${step}`) return;
    shown = `${visual} ${step}`;
    show(loop.picture(step));
  };
};
