import { PLACEMENTS, type Placement } from "../../kernel/placement.ts";
import type { PageWords, RemoteLayer } from "../protocol.ts";
import { HANDLE, type HeadPoint, handlePoints, nearestPlace, placeAfterKey, VIEW } from "./headPlaces.ts";
import { throttle } from "./throttle.ts";

/** A head from above, around which each sound is dragged. */
export interface HeadView {
  show(layers: readonly RemoteLayer[]): void;
}

/** Milliseconds between two messages of a sound that is being dragged: it moves on a ramp, and one after the other. */
const SEND_INTERVAL = 400;
/** How long a sound keeps to the hand that moved it, whatever arrives. */
const HELD_FOR = 1_500;

interface Handle {
  readonly element: HTMLElement;
  readonly send: () => void;
  layer: RemoteLayer;
  place: Placement;
  heldUntil: number;
  /** Where the hand is that drags it. */
  dragged?: HeadPoint | undefined;
}

const clamp = (value: number, most: number) => Math.min(most - HANDLE / 2, Math.max(HANDLE / 2, value));

/**
 * Every position is also in the mixer's menus, for those who cannot drag.
 * @param words those of the page, as they are now
 * @param change is called when a sound is moved
 */
export const createHeadView = (
  view: HTMLElement,
  words: () => PageWords,
  change: (sound: string, place: Placement) => void,
): HeadView => {
  let handles: readonly Handle[] = [];
  let redraw: ReturnType<typeof setTimeout> | undefined;

  const draw = () => {
    const points = handlePoints(handles.map(({ place }) => place));
    for (const [index, { element, place, layer, dragged }] of handles.entries()) {
      const { x, y } = dragged ?? points[index]!;
      element.style.left = `${(100 * x) / VIEW.x}%`;
      element.style.top = `${(100 * y) / VIEW.y}%`;
      element.textContent = String(index + 1);
      element.classList.toggle("dragged", dragged !== undefined);
      element.setAttribute("aria-label", `${words().position}: ${layer.title}`);
      element.setAttribute("aria-valuenow", String(PLACEMENTS.indexOf(place)));
      element.setAttribute("aria-valuetext", words()[`place-${place}`]);
    }
    for (const spot of view.querySelectorAll<SVGElement>("[data-place]"))
      spot.classList.toggle(
        "taken",
        handles.some(({ place }) => place === spot.dataset.place),
      );
  };
  const follow = () => {
    for (const handle of handles)
      if (handle.dragged === undefined && performance.now() >= handle.heldUntil) handle.place = handle.layer.place;
    draw();
  };
  const move = (handle: Handle, place: Placement) => {
    // What was refused goes back, even if nothing arrives.
    handle.heldUntil = performance.now() + HELD_FOR;
    clearTimeout(redraw);
    redraw = setTimeout(follow, HELD_FOR + 1);
    if (handle.place !== place) {
      handle.place = place;
      handle.send();
    }
    draw();
  };

  const pointOf = ({ clientX, clientY }: PointerEvent): HeadPoint => {
    const { x, y, width, height } = view.getBoundingClientRect();
    return {
      x: clamp(((clientX - x) / width) * VIEW.x, VIEW.x),
      y: clamp(((clientY - y) / height) * VIEW.y, VIEW.y),
    };
  };
  const add = (layer: RemoteLayer): Handle => {
    const element = document.createElement("div");
    const handle: Handle = {
      element,
      layer,
      place: layer.place,
      heldUntil: 0,
      send: throttle(SEND_INTERVAL, () => change(layer.sound, handle.place)),
    };
    element.className = "handle";
    element.tabIndex = 0;
    element.setAttribute("role", "slider");
    element.setAttribute("aria-valuemin", "0");
    element.setAttribute("aria-valuemax", String(PLACEMENTS.length - 1));
    element.addEventListener("keydown", (event) => {
      const place = event.altKey || event.ctrlKey || event.metaKey ? undefined : placeAfterKey(handle.place, event.key);
      if (place === undefined) return;
      event.preventDefault();
      move(handle, place);
    });
    let before = layer.place;
    element.addEventListener("pointerdown", (event) => {
      if (!event.isPrimary || event.button !== 0) return;
      element.setPointerCapture(event.pointerId);
      before = handle.place;
    });
    element.addEventListener("pointermove", (event) => {
      if (!element.hasPointerCapture(event.pointerId)) return;
      handle.dragged = pointOf(event);
      move(handle, nearestPlace(handle.dragged));
    });
    element.addEventListener("pointerup", () => {
      handle.dragged = undefined;
      draw();
    });
    element.addEventListener("pointercancel", () => {
      handle.dragged = undefined;
      move(handle, before);
    });
    view.append(element);
    return handle;
  };

  return {
    show(layers) {
      for (const { element, layer } of handles)
        if (!layers.some(({ sound }) => sound === layer.sound)) element.remove();
      handles = layers.map((layer) => {
        const handle = handles.find((one) => one.layer.sound === layer.sound) ?? add(layer);
        handle.layer = layer;
        return handle;
      });
      follow();
    },
  };
};
