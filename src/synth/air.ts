import type { AudioNode } from "../audio/format.ts";
import type { Shape } from "./blocks.ts";
import type { Curve } from "./curves.ts";
import { pink, stereo } from "./noise.ts";

/** How alike the ears' noises are: enough that low notes are not felt as two. */
const ALIKE = 0.45;

/**
 * Pink noise about the listener, filtered: the air of a place.
 * @param shape makes one ear's filter
 * @param level linear; a curve is asked every 20 ms, and the level moves evenly between
 */
export const air = (seed: number, shape: () => Shape, level: number | Curve): AudioNode => {
  const fill = stereo(pink, seed, ALIKE);
  const [left, right] = [shape(), shape()];
  const at = typeof level === "number" ? () => level : level;
  let frame = 0;
  let last = at(0);
  return {
    render(out) {
      fill(out.left, out.right);
      left(out.left);
      right(out.right);
      frame += 1;
      const next = at(frame);
      const step = (next - last) / out.left.length;
      for (let i = 0; i < out.left.length; i++) {
        const gain = last + step * i;
        out.left[i] = out.left[i]! * gain;
        out.right[i] = out.right[i]! * gain;
      }
      last = next;
      return "more";
    },
  };
};
