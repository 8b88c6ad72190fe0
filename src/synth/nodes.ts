import { type AudioNode, createFrame, type Frame } from "../audio/format.ts";
import { addTo, type Fill, ramp, type Shape } from "./blocks.ts";
import type { Curve } from "./curves.ts";
import { aroundTheHead, type Sharing } from "./ears.ts";

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

/** A noise all about the listener. */
export const surrounding = (make: (seed: number) => Fill, seed: number, sharing?: Sharing): AudioNode => {
  const fill = aroundTheHead(make, seed, sharing);
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
