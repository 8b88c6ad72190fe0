import { type Loop, openLoop } from "./loop.ts";
import { LIVE_DRAWINGS } from "./scenes.ts";
import { PICTURE_DELAY, type VisualRequest } from "./visualRequest.ts";

/** Pixels a side: enough for a soft picture, and a loop of them fits into 27 MB. */
export const LIVE_SIZE = 256;

/**
 * Draws visuals in a browser's worker, as they are asked for. The frames of the first loop take a phone longer than they
 * are shown for: what has been asked for meanwhile is passed over, so that the picture is of its moment and not late.
 * @returns what takes a request
 */
export const createLiveVisual = (): ((request: VisualRequest) => void) => {
  const image = new ImageData(LIVE_SIZE, LIVE_SIZE);
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

  const draw = ({ visual, at }: VisualRequest) => {
    if (opened?.visual !== visual) {
      const drawing = LIVE_DRAWINGS.get(visual) ?? [...LIVE_DRAWINGS.values()][0]!;
      opened = { visual, loop: openLoop(drawing, LIVE_SIZE) };
    }
    const { loop } = opened;
    const step = at === undefined ? loop.still : Math.floor(at / PICTURE_DELAY) % loop.steps;
    if (shown === `${visual} ${step}`) return;
    shown = `${visual} ${step}`;
    show(loop.picture(step));
  };

  let latest: VisualRequest | undefined;
  const drawLatest = () => {
    const request = latest!;
    latest = undefined;
    draw(request);
  };
  return (request) => {
    const { canvas } = request;
    if (canvas !== undefined) {
      canvas.width = LIVE_SIZE;
      canvas.height = LIVE_SIZE;
      context = canvas.getContext("2d", { alpha: false });
    }
    // Once the requests that have arrived already are taken.
    if (latest === undefined) setTimeout(drawLatest);
    latest = request;
  };
};
