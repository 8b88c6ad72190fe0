import { type AudioNode, createFrame, type Frame } from "../audio/format.ts";
import { addTo, type Fill, ramp, type Shape } from "./blocks.ts";
import type { Curve } from "./curves.ts";
import { stereo } from "./noise.ts";

/** Several nodes at once. */
export const sum = (...nodes: readonly AudioNode[]): AudioNode => {
  const part = createFrame();
  return {
    render(frame) {
      frame.left.fill(0);
      frame.right.fill(0);
      for (const node of nodes) {
        node.render(part);
        addTo(frame.left, part.left);
        addTo(frame.right, part.right);
      }
      return "more";
    },
  };
};

/** A noise for each ear, unrelated to the other's. */
export const apart = (make: (seed: number) => Fill, seed: number): AudioNode => {
  const [left, right] = [make(seed), make(seed + 1)];
  return {
    render(frame) {
      left(frame.left);
      right(frame.right);
      return "more";
    },
  };
};

/** A noise for each ear, alike by `correlation` (0 to 1). */
export const alike = (make: (seed: number) => Fill, seed: number, correlation: number): AudioNode => {
  const fill = stereo(make, seed, correlation);
  return {
    render({ left, right }) {
      fill(left, right);
      return "more";
    },
  };
};

/** A node at a linear level; a curve is asked every 20 ms, and the level moves evenly between. */
export const levelled = (node: AudioNode, level: number | Curve): AudioNode => {
  const at = typeof level === "number" ? () => level : level;
  let frame = 0;
  return {
    render(out) {
      const state = node.render(out);
      const [from, to] = [at(frame), at(frame + 1)];
      ramp(out.left, from, to);
      ramp(out.right, from, to);
      frame += 1;
      return state;
    },
  };
};

/** A node whose channels run through a filter each. */
export const filtered = (node: AudioNode, left: Shape, right: Shape): AudioNode => ({
  render(frame) {
    const state = node.render(frame);
    left(frame.left);
    right(frame.right);
    return state;
  },
});

/** A node whose frames are changed in place, as by a room. */
export const through = (node: AudioNode, change: (frame: Frame) => void): AudioNode => ({
  render(frame) {
    const state = node.render(frame);
    change(frame);
    return state;
  },
});
