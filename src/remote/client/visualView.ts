import { PICTURE_DELAY, type VisualRequest } from "../../visuals/visualRequest.ts";
import type { RemoteState } from "../protocol.ts";

/** How many of the pictures are drawn, where the page is told that the device is warm. */
const PACES: Readonly<Record<string, number>> = { few: 1 / 5, none: 0 };
const pace = (): number => PACES[document.documentElement.dataset.pictures ?? ""] ?? 1;

/** The picture that goes with the sound. */
export interface VisualView {
  show(visual: RemoteState["visual"]): void;
}

/**
 * Draws it in a worker, at the server's time, so that everyone sees the same moment.
 * @param now the server's time in milliseconds
 * @param isHidden nothing is drawn while it is
 */
export const createVisualView = (canvas: HTMLCanvasElement, now: () => number, isHidden: () => boolean): VisualView => {
  const stillness = matchMedia("(prefers-reduced-motion: reduce)");
  let visual: RemoteState["visual"] | undefined;
  let worker: Worker | undefined;
  let drawn = "";

  const post = (request: VisualRequest) => {
    if (worker !== undefined) return worker.postMessage(request);
    const offscreen = canvas.transferControlToOffscreen();
    worker = new Worker(new URL("visualWorker.js", document.baseURI), { type: "module" });
    worker.postMessage({ ...request, canvas: offscreen }, [offscreen]);
  };
  const draw = () => {
    requestAnimationFrame(draw);
    if (visual === undefined || isHidden()) return;
    const isStill = stillness.matches || pace() === 0;
    const at = isStill ? undefined : Math.max(0, (visual.stillAt ?? now()) - visual.since);
    const request: VisualRequest = { visual: visual.id, at };
    const key = `${visual.id} ${at === undefined ? "still" : Math.floor((at / PICTURE_DELAY) * pace())}`;
    if (key === drawn) return;
    drawn = key;
    post(request);
  };
  canvas.hidden = !("transferControlToOffscreen" in canvas);
  if (!canvas.hidden) draw();

  return {
    show(shown) {
      visual = shown;
      canvas.setAttribute("aria-label", shown.alt);
      canvas.dataset.visual = shown.id;
    },
  };
};
